package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;

/**
 * How a consumer gets an image, or can get it, without the pod's pull Secrets.
 *
 * @param description what shows it, for the pulls table and as evidence
 * @param bySecrets what the registry answers to the pull Secrets alone
 */
public record OtherMeans(Kind kind, String description, Verdict bySecrets) {

    /** What is known of it. */
    public enum Kind {
        /** An administrator lists the registry among those that the nodes have credentials for. */
        LISTED,
        /** Every node that can run the pod has the image, and the kubelet starts it without a pull. */
        ON_NODES,
        /** The nodes show signs of it, which prove nothing. */
        PERHAPS_NODES,
        /** The controller's pod can log in with the identity that the cloud gives it. */
        PERHAPS_CONTROLLER
    }

    /** Whether the image can be pulled, or need not be. */
    public boolean works() {
        return kind == Kind.LISTED || kind == Kind.ON_NODES;
    }
}
