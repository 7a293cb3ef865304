@NullMarked
package io.jenkins.plugins.argopreflight.engine.concurrent;

import org.jspecify.annotations.NullMarked;
