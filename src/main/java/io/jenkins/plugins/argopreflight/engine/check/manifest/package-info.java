@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.manifest;

import org.jspecify.annotations.NullMarked;
