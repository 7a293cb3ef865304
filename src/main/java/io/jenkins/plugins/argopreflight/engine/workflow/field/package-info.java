@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.field;

import org.jspecify.annotations.NullMarked;
