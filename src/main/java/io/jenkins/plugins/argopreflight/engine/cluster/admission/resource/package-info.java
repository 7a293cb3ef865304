@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.admission.resource;

import org.jspecify.annotations.NullMarked;
