/** The command line's entry, its errors and exit codes. */
package io.jenkins.plugins.argopreflight.cli;
