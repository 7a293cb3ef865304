@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import org.jspecify.annotations.NullMarked;
