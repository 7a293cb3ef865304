/** Threads that all runs share. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.concurrent;

import org.jspecify.annotations.NullMarked;
