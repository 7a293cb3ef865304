@NullMarked
package io.jenkins.plugins.argopreflight.engine.image;

import org.jspecify.annotations.NullMarked;
