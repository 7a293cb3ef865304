/** The answers of each registry product, and what they mean. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import org.jspecify.annotations.NullMarked;
