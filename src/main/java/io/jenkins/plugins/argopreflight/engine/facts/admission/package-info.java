/** The answers of an API server to dry runs, and of the rules that stand in for it. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.facts.admission;

import org.jspecify.annotations.NullMarked;
