@NullMarked
package io.jenkins.plugins.argopreflight.publish.junit;

import org.jspecify.annotations.NullMarked;
