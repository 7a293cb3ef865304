@NullMarked
package io.jenkins.plugins.argopreflight.engine.pull;

import org.jspecify.annotations.NullMarked;
