/** The rules by which Argo refuses a workflow, with its fields, their types and their versions. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.validation;

import org.jspecify.annotations.NullMarked;
