/** The state of a workflow: its nodes, pods, events and logs, as they are read. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import org.jspecify.annotations.NullMarked;
