/** Known and unknown facts: a value, or why it could not be read. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.model.fact;

import org.jspecify.annotations.NullMarked;
