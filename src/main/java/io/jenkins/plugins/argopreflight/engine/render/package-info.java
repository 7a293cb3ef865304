@NullMarked
package io.jenkins.plugins.argopreflight.engine.render;

import org.jspecify.annotations.NullMarked;
