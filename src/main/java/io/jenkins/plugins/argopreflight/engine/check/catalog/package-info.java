@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.catalog;

import org.jspecify.annotations.NullMarked;
