/** The values of an expansion: the controller with its version and settings, pods, nodes, conditions, problems. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.model;

import org.jspecify.annotations.NullMarked;
