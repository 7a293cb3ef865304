/** Names of files, and files that are written whole. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.file;

import org.jspecify.annotations.NullMarked;
