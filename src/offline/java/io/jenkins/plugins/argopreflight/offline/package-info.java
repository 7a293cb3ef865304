/** The cluster that is not live: what the command line and tests use in its place. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline;

import org.jspecify.annotations.NullMarked;
