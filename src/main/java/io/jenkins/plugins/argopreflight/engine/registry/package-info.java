/** The port to registries: the question about an image, and the verdict. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry;

import org.jspecify.annotations.NullMarked;
