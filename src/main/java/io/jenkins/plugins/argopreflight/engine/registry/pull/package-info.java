/** The pull of an image: the credentials that its consumer uses, and the registry's answer to them. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.pull;

import org.jspecify.annotations.NullMarked;
