@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import org.jspecify.annotations.NullMarked;
