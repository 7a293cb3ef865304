/** The facts that checks judge, and the collector that reads each of them once. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts;

import org.jspecify.annotations.NullMarked;
