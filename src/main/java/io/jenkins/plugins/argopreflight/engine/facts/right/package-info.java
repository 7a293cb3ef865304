/** The rights that a workflow needs, and the answers of the cluster about them. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.right;

import org.jspecify.annotations.NullMarked;
