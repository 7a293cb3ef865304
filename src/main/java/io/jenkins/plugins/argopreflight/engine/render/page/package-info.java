/** The reports as HTML. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.render.page;

import org.jspecify.annotations.NullMarked;
