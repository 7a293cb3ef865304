@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.admission;

import org.jspecify.annotations.NullMarked;
