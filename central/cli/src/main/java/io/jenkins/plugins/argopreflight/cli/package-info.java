/** The command line's entry, its errors and exit codes. */
@NullMarked
package io.jenkins.plugins.argopreflight.cli;

import org.jspecify.annotations.NullMarked;
