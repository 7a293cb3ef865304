/** The steps {@code argoRegistrySecret} and {@code withArgoRegistrySecret}. */
@NullMarked
package io.jenkins.plugins.argopreflight.step.secret;

import org.jspecify.annotations.NullMarked;
