package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.fact.Label;

/** Who asks a registry for an image. */
public enum Consumer {
    /** A node's, for a container or an image volume. */
    KUBELET,
    /** Argo's, for the command of an image. */
    CONTROLLER;

    /** As reports write it. */
    public String label() {
        return Label.of(this);
    }
}
