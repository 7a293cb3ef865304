/** Recorded answers of registries. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline.registry;

import org.jspecify.annotations.NullMarked;
