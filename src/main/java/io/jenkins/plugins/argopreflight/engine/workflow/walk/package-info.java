@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import org.jspecify.annotations.NullMarked;
