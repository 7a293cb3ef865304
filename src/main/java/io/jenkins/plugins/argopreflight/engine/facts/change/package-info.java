/** The objects and images that a run has read, and how they differ from those of an earlier run. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.change;

import org.jspecify.annotations.NullMarked;
