package io.jenkins.plugins.argopreflight.architecture.upper;

import io.jenkins.plugins.argopreflight.architecture.lower.Lower;

/** Uses the lower; {@code ArchitectureTest} draws it with and without an arrow. */
public final class Upper {

    public Lower below() {
        return new Lower();
    }
}
