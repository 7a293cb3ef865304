/** Passwords, and the masks that keep them out of texts. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.secret;

import org.jspecify.annotations.NullMarked;
