/** The terminal: its width, its colours and its progress line. */
package io.jenkins.plugins.argopreflight.cli.console;
