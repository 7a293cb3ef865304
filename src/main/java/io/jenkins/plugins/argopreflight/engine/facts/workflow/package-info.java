/** The workflows of files, cluster and Sensors, with the pods that Argo will create. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import org.jspecify.annotations.NullMarked;
