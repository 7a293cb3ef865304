@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.write;

import org.jspecify.annotations.NullMarked;
