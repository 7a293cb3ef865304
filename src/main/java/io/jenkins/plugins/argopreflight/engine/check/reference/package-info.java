@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.reference;

import org.jspecify.annotations.NullMarked;
