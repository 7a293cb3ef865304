/** The step {@code argoSubmit}. */
@NullMarked
package io.jenkins.plugins.argopreflight.step.submit;

import org.jspecify.annotations.NullMarked;
