/** The nodes that run, step by step and task by task: which conditions hold, and which outputs exist. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import org.jspecify.annotations.NullMarked;
