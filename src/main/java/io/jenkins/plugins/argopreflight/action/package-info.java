@NullMarked
package io.jenkins.plugins.argopreflight.action;

import org.jspecify.annotations.NullMarked;
