package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.manifest.Tags;

/**
 * What is to be pulled: can this consumer get this image with these Secrets? Equal for all pods that ask the same.
 *
 * @param namespace the pod's namespace, "" when no cluster is involved
 * @param image as it stands in the pod
 * @param assumed why it could not be checked whether this is what will be pulled, "" when it is
 */
public record PullQuestion(String namespace, String image, Consumer consumer, InEffect inEffect, String assumed) {

    /** One that the kubelet will certainly ask. */
    public static PullQuestion kubelet(String namespace, String image, InEffect inEffect) {
        return new PullQuestion(namespace, image, Consumer.KUBELET, inEffect, "");
    }

    /** Whether the image's name hangs on a value that is not known before the workflow runs. */
    public boolean isUnresolved() {
        return image.contains("{{") && Tags.foreign(image).isEmpty();
    }
}
