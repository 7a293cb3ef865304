@NullMarked
package io.jenkins.plugins.argopreflight.offline.admission;

import org.jspecify.annotations.NullMarked;
