@NullMarked
package io.jenkins.plugins.argopreflight.engine.render.page;

import org.jspecify.annotations.NullMarked;
