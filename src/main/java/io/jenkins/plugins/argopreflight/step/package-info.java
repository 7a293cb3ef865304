@NullMarked
package io.jenkins.plugins.argopreflight.step;

import org.jspecify.annotations.NullMarked;
