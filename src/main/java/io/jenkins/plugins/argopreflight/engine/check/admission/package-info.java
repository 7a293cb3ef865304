/** Checks of what the API server and its admission refuse: Pod Security, quotas, webhooks, SCC. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.admission;

import org.jspecify.annotations.NullMarked;
