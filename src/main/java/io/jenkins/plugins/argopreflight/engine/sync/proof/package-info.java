@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.proof;

import org.jspecify.annotations.NullMarked;
