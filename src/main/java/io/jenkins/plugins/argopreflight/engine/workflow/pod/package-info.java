@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import org.jspecify.annotations.NullMarked;
