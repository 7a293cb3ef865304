/** The live cluster, with fabric8's client; the only package that imports it. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import org.jspecify.annotations.NullMarked;
