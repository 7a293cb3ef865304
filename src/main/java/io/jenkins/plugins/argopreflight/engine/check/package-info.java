/** The model of checks and findings, and the runner that applies every check. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check;

import org.jspecify.annotations.NullMarked;
