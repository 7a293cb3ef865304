@NullMarked
package io.jenkins.plugins.argopreflight.engine.preflight;

import org.jspecify.annotations.NullMarked;
