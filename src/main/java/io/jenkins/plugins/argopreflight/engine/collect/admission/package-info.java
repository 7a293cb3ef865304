@NullMarked
package io.jenkins.plugins.argopreflight.engine.collect.admission;

import org.jspecify.annotations.NullMarked;
