@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.admission.text;

import org.jspecify.annotations.NullMarked;
