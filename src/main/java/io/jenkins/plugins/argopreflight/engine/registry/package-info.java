@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry;

import org.jspecify.annotations.NullMarked;
