/** The conversion of Jenkins' credentials to logins of clusters and registries. */
@NullMarked
package io.jenkins.plugins.argopreflight.credentials;

import org.jspecify.annotations.NullMarked;
