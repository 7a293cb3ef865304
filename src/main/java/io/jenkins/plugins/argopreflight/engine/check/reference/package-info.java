/** Checks of references to objects: ServiceAccounts, Secrets, ConfigMaps, claims, templates. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.check.reference;

import org.jspecify.annotations.NullMarked;
