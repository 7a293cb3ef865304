/** One registry Secret in many namespaces: the request, its proof and its report. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync;

import org.jspecify.annotations.NullMarked;
