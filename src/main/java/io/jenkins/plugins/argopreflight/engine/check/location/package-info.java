/** The places in manifests and settings at which a fix is written. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.location;

import org.jspecify.annotations.NullMarked;
