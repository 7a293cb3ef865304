/** The Secret of a step: written, bound and proved; and that of a block, until the block ends. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.secret;

import org.jspecify.annotations.NullMarked;
