/** The writes of a sync, and the reading of what was written. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.write;

import org.jspecify.annotations.NullMarked;
