/** The submission of a workflow: its start, its progress, its end, its outputs and its stop. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.submit;

import org.jspecify.annotations.NullMarked;
