@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.node;

import org.jspecify.annotations.NullMarked;
