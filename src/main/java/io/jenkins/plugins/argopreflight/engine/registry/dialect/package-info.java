@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import org.jspecify.annotations.NullMarked;
