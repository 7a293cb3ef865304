/** The fixes of findings as data, and their writers for a shell, a Jenkinsfile, YAML and TOML. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.model.fix;

import org.jspecify.annotations.NullMarked;
