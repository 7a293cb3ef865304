/** The pods that Argo will create for a workflow, and those of other owners, such as Spark and Jobs. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo;

import org.jspecify.annotations.NullMarked;
