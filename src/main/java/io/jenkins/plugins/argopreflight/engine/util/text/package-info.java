/** Texts: visible characters, similar names, patterns of names, hashes and template tags. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.text;

import org.jspecify.annotations.NullMarked;
