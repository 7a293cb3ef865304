/** The reports as JSON. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.render.json;

import org.jspecify.annotations.NullMarked;
