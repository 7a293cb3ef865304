/** Kubeconfigs: those that are given, and those that are written for the commands of a block. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import org.jspecify.annotations.NullMarked;
