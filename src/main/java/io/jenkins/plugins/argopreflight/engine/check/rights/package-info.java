@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.rights;

import org.jspecify.annotations.NullMarked;
