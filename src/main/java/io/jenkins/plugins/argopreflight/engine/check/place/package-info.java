@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.place;

import org.jspecify.annotations.NullMarked;
