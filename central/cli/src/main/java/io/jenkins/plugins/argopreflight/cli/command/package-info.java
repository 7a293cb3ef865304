/** The commands. */
package io.jenkins.plugins.argopreflight.cli.command;
