@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.container;

import org.jspecify.annotations.NullMarked;
