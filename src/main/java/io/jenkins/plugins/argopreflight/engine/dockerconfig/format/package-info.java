@NullMarked
package io.jenkins.plugins.argopreflight.engine.dockerconfig.format;

import org.jspecify.annotations.NullMarked;
