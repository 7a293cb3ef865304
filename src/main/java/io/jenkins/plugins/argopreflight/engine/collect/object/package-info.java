@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.object;

import org.jspecify.annotations.NullMarked;
