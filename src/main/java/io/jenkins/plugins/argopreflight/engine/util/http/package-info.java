/** The HTTP client, and the addresses to which it is allowed to connect. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.http;

import org.jspecify.annotations.NullMarked;
