@NullMarked
package io.jenkins.plugins.argopreflight.engine;

import org.jspecify.annotations.NullMarked;
