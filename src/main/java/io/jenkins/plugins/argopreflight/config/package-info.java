/** The configuration of clusters, registries and policies, for Jenkins and its folders; also as code. */
@NullMarked
package io.jenkins.plugins.argopreflight.config;

import org.jspecify.annotations.NullMarked;
