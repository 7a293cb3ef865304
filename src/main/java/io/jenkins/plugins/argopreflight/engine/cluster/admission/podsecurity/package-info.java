@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
