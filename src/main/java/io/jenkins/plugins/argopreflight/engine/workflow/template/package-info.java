@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.template;

import org.jspecify.annotations.NullMarked;
