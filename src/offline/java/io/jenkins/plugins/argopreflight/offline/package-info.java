@NullMarked
package io.jenkins.plugins.argopreflight.offline;

import org.jspecify.annotations.NullMarked;
