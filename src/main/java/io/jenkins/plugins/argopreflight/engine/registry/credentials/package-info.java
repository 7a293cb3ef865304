/** Registry credentials: docker configs and pull Secrets, and which of their keys match an image. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import org.jspecify.annotations.NullMarked;
