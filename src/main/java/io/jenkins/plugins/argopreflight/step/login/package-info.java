/** The step {@code withArgoCluster}: a kubeconfig for the commands in its block. */
@NullMarked
package io.jenkins.plugins.argopreflight.step.login;

import org.jspecify.annotations.NullMarked;
