@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import org.jspecify.annotations.NullMarked;
