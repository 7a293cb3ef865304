/** The Pod Security Standards, for each version of Kubernetes. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import org.jspecify.annotations.NullMarked;
