/** The admission of an API server that does not run. */
@NullMarked
package io.jenkins.plugins.argopreflight.offline.admission;

import org.jspecify.annotations.NullMarked;
