@NullMarked
package io.jenkins.plugins.argopreflight.engine.render.ci;

import org.jspecify.annotations.NullMarked;
