/** The limits of a run on work, memory and reads. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.limits;

import org.jspecify.annotations.NullMarked;
