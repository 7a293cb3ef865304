package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;

/**
 * Another source of an image: the consumer gets it, or can get it, without the pod's pull Secrets.
 *
 * @param description the evidence, for the pulls table and the finding
 * @param bySecrets the answer of the registry to the pull Secrets alone
 */
public record AlternativeSource(Kind kind, String description, Verdict bySecrets) {

    /** The source, and how certain it is. */
    public enum Kind {
        /** An administrator lists the registry as one that the nodes have credentials for. */
        LISTED,
        /** The nodes that can run the pod all have the image, and the kubelet starts it without a pull. */
        ON_NODES,
        /** Some nodes show signs that they have the image or credentials for it. This proves nothing. */
        PERHAPS_NODES,
        /** The controller's pod can log in with the identity that the cloud gives it. */
        PERHAPS_CONTROLLER
    }

    /** Returns whether the image can be pulled, or need not be pulled. */
    public boolean works() {
        return kind == Kind.LISTED || kind == Kind.ON_NODES;
    }
}
