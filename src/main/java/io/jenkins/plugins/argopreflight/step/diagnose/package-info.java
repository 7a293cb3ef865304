/** The step {@code argoDiagnose}. */
@NullMarked
package io.jenkins.plugins.argopreflight.step.diagnose;

import org.jspecify.annotations.NullMarked;
