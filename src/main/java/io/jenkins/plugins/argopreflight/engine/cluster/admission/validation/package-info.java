@NullMarked
package io.jenkins.plugins.argopreflight.engine.cluster.admission.validation;

import org.jspecify.annotations.NullMarked;
