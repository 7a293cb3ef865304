/** The workflow as it executes: merged defaults, resolved templates, parameters and loops. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.template;

import org.jspecify.annotations.NullMarked;
