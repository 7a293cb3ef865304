@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.rights;

import org.jspecify.annotations.NullMarked;
