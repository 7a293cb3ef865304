@NullMarked
package io.jenkins.plugins.argopreflight.publish.checks;

import org.jspecify.annotations.NullMarked;
