/** The objects of a cluster that is not live. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline.store;

import org.jspecify.annotations.NullMarked;
