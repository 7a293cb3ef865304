/** The objects that a preflight reads, each with its reason and its right. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.model.need;

import org.jspecify.annotations.NullMarked;
