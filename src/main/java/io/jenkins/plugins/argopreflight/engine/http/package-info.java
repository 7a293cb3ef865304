@NullMarked
package io.jenkins.plugins.argopreflight.engine.http;

import org.jspecify.annotations.NullMarked;
