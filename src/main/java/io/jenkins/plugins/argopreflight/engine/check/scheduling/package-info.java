@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import org.jspecify.annotations.NullMarked;
