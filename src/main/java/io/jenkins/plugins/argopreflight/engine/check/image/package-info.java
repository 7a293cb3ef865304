@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.image;

import org.jspecify.annotations.NullMarked;
