@NullMarked
package io.jenkins.plugins.argopreflight.engine.manifest;

import org.jspecify.annotations.NullMarked;
