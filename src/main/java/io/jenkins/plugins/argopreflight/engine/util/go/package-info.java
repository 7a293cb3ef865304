/** Functions of Go's standard library whose exact results users see: base64, URLs, texts. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.util.go;

import org.jspecify.annotations.NullMarked;
