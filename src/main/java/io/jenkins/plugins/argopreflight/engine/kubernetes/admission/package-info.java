/** The rules of an API server for pods: validation, defaults and quotas. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import org.jspecify.annotations.NullMarked;
