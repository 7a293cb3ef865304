@NullMarked
package io.jenkins.plugins.argopreflight.engine.fact;

import org.jspecify.annotations.NullMarked;
