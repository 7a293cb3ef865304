/** The terminal: its width, its colours and its progress line. */
@NullMarked
package io.jenkins.plugins.argopreflight.cli.console;

import org.jspecify.annotations.NullMarked;
