@NullMarked
package io.jenkins.plugins.argopreflight.step.login;

import org.jspecify.annotations.NullMarked;
