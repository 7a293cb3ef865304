/** Checks of the containers of a pod: users, capabilities, probes, memory, volumes. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.container;

import org.jspecify.annotations.NullMarked;
