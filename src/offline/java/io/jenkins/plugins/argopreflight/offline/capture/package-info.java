/** The writing of a snapshot. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline.capture;

import org.jspecify.annotations.NullMarked;
