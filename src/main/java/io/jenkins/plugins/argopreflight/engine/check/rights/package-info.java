/** Checks of the rights of pods, of the submitting user and of the controller. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.rights;

import org.jspecify.annotations.NullMarked;
