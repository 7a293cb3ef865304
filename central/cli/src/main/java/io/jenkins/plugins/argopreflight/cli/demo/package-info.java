/** The demo: a story that needs no cluster, with its registries. */
@NullMarked
package io.jenkins.plugins.argopreflight.cli.demo;

import org.jspecify.annotations.NullMarked;
