@NullMarked
package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import org.jspecify.annotations.NullMarked;
