@NullMarked
package io.jenkins.plugins.argopreflight.engine.check;

import org.jspecify.annotations.NullMarked;
