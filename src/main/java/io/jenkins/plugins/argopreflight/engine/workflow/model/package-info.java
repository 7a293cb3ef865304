@NullMarked
package io.jenkins.plugins.argopreflight.engine.workflow.model;

import org.jspecify.annotations.NullMarked;
