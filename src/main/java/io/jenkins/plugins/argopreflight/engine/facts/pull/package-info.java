/** The pulls of all pods: who pulls which image with which credentials, and what the registry answers. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.pull;

import org.jspecify.annotations.NullMarked;
