/** The texts and tables that several formats of a report share. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.render;

import org.jspecify.annotations.NullMarked;
