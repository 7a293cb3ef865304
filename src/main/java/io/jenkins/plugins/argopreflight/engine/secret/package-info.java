@NullMarked
package io.jenkins.plugins.argopreflight.engine.secret;

import org.jspecify.annotations.NullMarked;
