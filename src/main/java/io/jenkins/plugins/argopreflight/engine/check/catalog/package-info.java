/** The list of all checks, in the order of reports. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.catalog;

import org.jspecify.annotations.NullMarked;
