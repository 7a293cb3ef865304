@NullMarked
package io.jenkins.plugins.argopreflight.engine.need;

import org.jspecify.annotations.NullMarked;
