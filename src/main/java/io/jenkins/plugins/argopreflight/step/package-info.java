/** The parts that all Pipeline steps share: the choice of the cluster, parameters, and work in the background. */
@NullMarked
package io.jenkins.plugins.argopreflight.step;

import org.jspecify.annotations.NullMarked;
