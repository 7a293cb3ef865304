/** Checks of the given files: fields, types, templates, parameters and expressions. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.manifest;

import org.jspecify.annotations.NullMarked;
