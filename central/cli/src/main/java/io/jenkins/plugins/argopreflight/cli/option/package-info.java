/** The options that commands share. */
package io.jenkins.plugins.argopreflight.cli.option;
