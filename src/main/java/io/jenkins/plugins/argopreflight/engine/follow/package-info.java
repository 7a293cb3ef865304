@NullMarked
package io.jenkins.plugins.argopreflight.engine.follow;

import org.jspecify.annotations.NullMarked;
