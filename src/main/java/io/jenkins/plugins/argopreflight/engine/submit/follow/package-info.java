/** The watches that follow many workflows with few requests. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.submit.follow;

import org.jspecify.annotations.NullMarked;
