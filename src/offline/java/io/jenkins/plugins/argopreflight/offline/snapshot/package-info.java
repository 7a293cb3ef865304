/** A cluster that is read from a snapshot. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline.snapshot;

import org.jspecify.annotations.NullMarked;
