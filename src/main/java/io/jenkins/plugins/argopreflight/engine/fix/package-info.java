@NullMarked
package io.jenkins.plugins.argopreflight.engine.fix;

import org.jspecify.annotations.NullMarked;
