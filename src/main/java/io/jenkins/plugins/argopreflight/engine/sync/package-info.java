@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync;

import org.jspecify.annotations.NullMarked;
