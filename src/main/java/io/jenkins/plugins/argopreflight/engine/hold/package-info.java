@NullMarked
package io.jenkins.plugins.argopreflight.engine.hold;

import org.jspecify.annotations.NullMarked;
