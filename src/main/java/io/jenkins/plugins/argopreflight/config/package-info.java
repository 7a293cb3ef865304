@NullMarked
package io.jenkins.plugins.argopreflight.config;

import org.jspecify.annotations.NullMarked;
