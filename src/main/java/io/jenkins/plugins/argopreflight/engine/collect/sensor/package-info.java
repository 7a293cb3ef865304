@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import org.jspecify.annotations.NullMarked;
