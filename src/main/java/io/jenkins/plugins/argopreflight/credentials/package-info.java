@NullMarked
package io.jenkins.plugins.argopreflight.credentials;

import org.jspecify.annotations.NullMarked;
