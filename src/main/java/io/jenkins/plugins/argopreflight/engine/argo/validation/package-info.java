/** The rules by which Argo refuses a workflow. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.validation;

import org.jspecify.annotations.NullMarked;
