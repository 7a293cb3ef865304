@NullMarked
package io.jenkins.plugins.argopreflight.publish;

import org.jspecify.annotations.NullMarked;
