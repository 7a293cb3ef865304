@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.login;

import org.jspecify.annotations.NullMarked;
