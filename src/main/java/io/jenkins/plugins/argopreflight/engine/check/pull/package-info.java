/** Checks of image pulls and of the pull Secrets that they use. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.pull;

import org.jspecify.annotations.NullMarked;
