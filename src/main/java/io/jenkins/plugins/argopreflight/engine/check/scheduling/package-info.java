/** Checks of the nodes on which a pod can run. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import org.jspecify.annotations.NullMarked;
