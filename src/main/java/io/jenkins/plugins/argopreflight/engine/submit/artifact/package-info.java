@NullMarked
package io.jenkins.plugins.argopreflight.engine.submit.artifact;

import org.jspecify.annotations.NullMarked;
