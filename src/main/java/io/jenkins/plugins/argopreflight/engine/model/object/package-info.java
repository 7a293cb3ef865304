/** The resources, rights, selectors and quantities of Kubernetes. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.model.object;

import org.jspecify.annotations.NullMarked;
