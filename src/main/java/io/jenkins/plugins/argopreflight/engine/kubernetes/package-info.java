/** The port to a cluster: its objects, as one identity, within the limits of an administrator. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes;

import org.jspecify.annotations.NullMarked;
