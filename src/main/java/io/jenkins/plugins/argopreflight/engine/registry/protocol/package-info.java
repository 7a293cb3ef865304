/** The distribution protocol: challenges, tokens, manifests and errors. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import org.jspecify.annotations.NullMarked;
