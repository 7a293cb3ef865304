@NullMarked
package io.jenkins.plugins.argopreflight.engine.kube;

import org.jspecify.annotations.NullMarked;
