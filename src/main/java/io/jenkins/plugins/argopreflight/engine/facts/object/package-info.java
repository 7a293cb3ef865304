/** The objects of cluster and files, each read at most once. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.object;

import org.jspecify.annotations.NullMarked;
