@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import org.jspecify.annotations.NullMarked;
