@NullMarked
package io.jenkins.plugins.argopreflight.engine.change;

import org.jspecify.annotations.NullMarked;
