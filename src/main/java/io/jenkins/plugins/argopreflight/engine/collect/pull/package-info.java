@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.pull;

import org.jspecify.annotations.NullMarked;
