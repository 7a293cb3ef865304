/** A cluster in memory that behaves as an API server does. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline.memory;

import org.jspecify.annotations.NullMarked;
