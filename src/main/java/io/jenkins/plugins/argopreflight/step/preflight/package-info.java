/** The step {@code argoPreflight}. */
@NullMarked
package io.jenkins.plugins.argopreflight.step.preflight;

import org.jspecify.annotations.NullMarked;
