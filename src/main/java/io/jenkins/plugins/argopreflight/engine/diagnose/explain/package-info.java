/** The explanation of each node from its state, its pod, its logs and the findings of a preflight. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import org.jspecify.annotations.NullMarked;
