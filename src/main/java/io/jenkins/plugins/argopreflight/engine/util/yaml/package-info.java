/** YAML and JSON documents with the line of each field. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.yaml;

import org.jspecify.annotations.NullMarked;
