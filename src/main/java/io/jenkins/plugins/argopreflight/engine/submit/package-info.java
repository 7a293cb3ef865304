@NullMarked
package io.jenkins.plugins.argopreflight.engine.submit;

import org.jspecify.annotations.NullMarked;
