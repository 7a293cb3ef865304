@NullMarked
package io.jenkins.plugins.argopreflight.engine.report;

import org.jspecify.annotations.NullMarked;
