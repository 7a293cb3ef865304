/** The port to an Argo Server, for its archive of workflows and logs. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver;

import org.jspecify.annotations.NullMarked;
