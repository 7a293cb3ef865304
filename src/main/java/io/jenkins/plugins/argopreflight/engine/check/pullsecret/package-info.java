@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.pullsecret;

import org.jspecify.annotations.NullMarked;
