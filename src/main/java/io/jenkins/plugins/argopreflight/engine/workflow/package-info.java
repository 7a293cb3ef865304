@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow;

import org.jspecify.annotations.NullMarked;
