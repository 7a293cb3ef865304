@NullMarked
package io.jenkins.plugins.argopreflight.engine.file;

import org.jspecify.annotations.NullMarked;
