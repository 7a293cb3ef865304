@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.plan;

import org.jspecify.annotations.NullMarked;
