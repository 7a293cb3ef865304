/** The formats for other tools: SARIF, JUnit and GitHub's commands. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.render.ci;

import org.jspecify.annotations.NullMarked;
