/** The plan of a sync: what is created, updated, bound and removed in each namespace. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.sync.plan;

import org.jspecify.annotations.NullMarked;
