@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.kubeconfig;

import org.jspecify.annotations.NullMarked;
