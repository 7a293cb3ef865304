@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect;

import org.jspecify.annotations.NullMarked;
