@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.admission;

import org.jspecify.annotations.NullMarked;
