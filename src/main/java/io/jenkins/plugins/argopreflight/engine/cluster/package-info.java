@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster;

import org.jspecify.annotations.NullMarked;
