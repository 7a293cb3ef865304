@NullMarked
package io.jenkins.plugins.argopreflight.engine.json;

import org.jspecify.annotations.NullMarked;
