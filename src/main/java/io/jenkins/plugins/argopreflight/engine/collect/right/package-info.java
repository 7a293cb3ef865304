@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.right;

import org.jspecify.annotations.NullMarked;
