/** The Secrets of running blocks: which of them are still in use, and which are to be removed. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.block;

import org.jspecify.annotations.NullMarked;
