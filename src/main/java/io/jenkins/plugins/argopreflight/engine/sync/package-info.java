/** The registry Secret in many namespaces: the request, and the outcome in each namespace. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync;

import org.jspecify.annotations.NullMarked;
