@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import org.jspecify.annotations.NullMarked;
