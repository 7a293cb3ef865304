package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;

/** The client that asks a registry for an image. */
public enum ImageClient {
    /** The kubelet of a node, for a container or an image volume. */
    KUBELET,
    /** The controller of Argo, which looks up the command of an image. */
    CONTROLLER;

    /** Returns the name that reports use. */
    public String label() {
        return Label.of(this);
    }
}
