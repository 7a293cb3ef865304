@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.argo;

import org.jspecify.annotations.NullMarked;
