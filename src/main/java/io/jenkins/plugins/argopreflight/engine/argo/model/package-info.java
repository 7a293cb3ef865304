/** The values of an expansion: pods, nodes, conditions, problems and unknown values. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.model;

import org.jspecify.annotations.NullMarked;
