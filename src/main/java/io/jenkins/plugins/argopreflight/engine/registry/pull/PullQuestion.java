package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.util.text.Tags;

/**
 * A question to a registry: can this consumer get this image with these Secrets? It is equal for all pods that need the
 * same pull.
 *
 * @param namespace the pod's namespace, "" if no cluster is involved
 * @param image the image as written in the pod
 * @param assumption the reason why it could not be checked whether this is pulled, "" if it certainly is
 */
public record PullQuestion(
        String namespace, String image, ImageClient consumer, PullSecretList secretList, String assumption) {

    /** Creates a question that the kubelet will certainly ask. */
    public static PullQuestion kubelet(String namespace, String image, PullSecretList secretList) {
        return new PullQuestion(namespace, image, ImageClient.KUBELET, secretList, "");
    }

    /** Returns whether the image's name depends on a value that is not known before the workflow runs. */
    public boolean isUnresolved() {
        return image.contains("{{") && Tags.otherProgramsTag(image).isEmpty();
    }
}
