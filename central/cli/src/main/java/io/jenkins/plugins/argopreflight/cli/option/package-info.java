/** The options that commands share. */
@NullMarked
package io.jenkins.plugins.argopreflight.cli.option;

import org.jspecify.annotations.NullMarked;
