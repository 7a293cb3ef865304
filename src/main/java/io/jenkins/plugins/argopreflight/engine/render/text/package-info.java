/** The reports for a terminal and a build log. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.render.text;

import org.jspecify.annotations.NullMarked;
