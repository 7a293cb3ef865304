/** The names and platforms of images. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.model.image;

import org.jspecify.annotations.NullMarked;
