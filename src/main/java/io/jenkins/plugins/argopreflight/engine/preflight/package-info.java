/** The preflight: its request, its gate and its report. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.preflight;

import org.jspecify.annotations.NullMarked;
