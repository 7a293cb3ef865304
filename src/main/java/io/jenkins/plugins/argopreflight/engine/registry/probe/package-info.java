@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.probe;

import org.jspecify.annotations.NullMarked;
