/** The live registry: requests manifests and tokens as a kubelet does. */
@NullMarked
package io.jenkins.plugins.argopreflight.engine.registry.probe;

import org.jspecify.annotations.NullMarked;
