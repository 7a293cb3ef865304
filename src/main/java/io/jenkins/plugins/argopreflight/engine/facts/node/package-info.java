/** The nodes of the cluster: which of them fit a pod, their images, and nodes that can be added. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.node;

import org.jspecify.annotations.NullMarked;
