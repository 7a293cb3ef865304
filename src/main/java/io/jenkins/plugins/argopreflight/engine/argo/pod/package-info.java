/** The pod of a template: its containers, volumes, patches and defaults, as the controller builds them. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.pod;

import org.jspecify.annotations.NullMarked;
