@NullMarked
package io.jenkins.plugins.argopreflight.offline.memory;

import org.jspecify.annotations.NullMarked;
