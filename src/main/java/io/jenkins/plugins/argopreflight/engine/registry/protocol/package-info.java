@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import org.jspecify.annotations.NullMarked;
