/** The diagnosis of a workflow that failed or waits: its causes, their evidence and their fixes. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose;

import org.jspecify.annotations.NullMarked;
