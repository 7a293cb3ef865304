@NullMarked
package io.jenkins.plugins.argopreflight.engine.budget;

import org.jspecify.annotations.NullMarked;
