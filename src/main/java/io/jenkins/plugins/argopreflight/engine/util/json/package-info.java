/** The reading of JSON texts. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.json;

import org.jspecify.annotations.NullMarked;
