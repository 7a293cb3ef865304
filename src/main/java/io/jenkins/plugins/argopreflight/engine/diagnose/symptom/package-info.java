@NullMarked
package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import org.jspecify.annotations.NullMarked;
