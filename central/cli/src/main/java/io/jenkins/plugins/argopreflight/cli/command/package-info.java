/** The commands. */
@NullMarked
package io.jenkins.plugins.argopreflight.cli.command;

import org.jspecify.annotations.NullMarked;
