/** The texts by which Argo, Kubernetes and registries report a failure, and what each of them means. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import org.jspecify.annotations.NullMarked;
