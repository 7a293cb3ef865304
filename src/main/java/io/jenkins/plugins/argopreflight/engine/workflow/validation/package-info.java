@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import org.jspecify.annotations.NullMarked;
