/** The publication of a report outside of its pages: checks of the source host, and test results. */
@NullMarked
package io.jenkins.plugins.argopreflight.action.publish;

import org.jspecify.annotations.NullMarked;
