/** The demo: a story that needs no cluster, with its registries. */
package io.jenkins.plugins.argopreflight.cli.demo;
