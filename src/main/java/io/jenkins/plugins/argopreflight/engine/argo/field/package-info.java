/** The fields of Argo's types: their structure, their versions, and how they are merged. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.field;

import org.jspecify.annotations.NullMarked;
