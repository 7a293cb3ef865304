/** The languages in workflows: expressions, {@code when}, {@code depends} and JSONPath. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.argo.expression;

import org.jspecify.annotations.NullMarked;
