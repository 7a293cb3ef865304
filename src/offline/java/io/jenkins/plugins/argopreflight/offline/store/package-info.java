@NullMarked
package io.jenkins.plugins.argopreflight.offline.store;

import org.jspecify.annotations.NullMarked;
