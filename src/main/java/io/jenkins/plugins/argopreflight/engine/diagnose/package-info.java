@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose;

import org.jspecify.annotations.NullMarked;
