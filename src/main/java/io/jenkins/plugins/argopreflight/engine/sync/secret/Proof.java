package io.jenkins.plugins.argopreflight.engine.sync.secret;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import java.util.ArrayList;
import java.util.List;

/**
 * The questions of one namespace to the registries: what a pod of each ServiceAccount gets for each image with the pull
 * Secrets that are in effect now, and what the written Secret gets alone.
 */
public final class Proof {

    private Proof() {}

    /**
     * Returns the questions.
     *
     * @param written the name of the Secret that was written
     */
    public static List<PullQuestion> questions(SyncedNamespace namespace, String written, List<String> images) {
        List<PullQuestion> questions = new ArrayList<>();
        namespace
                .pullSecrets()
                .forEach((account, names) -> images.forEach(image -> questions.add(
                        PullQuestion.kubelet(namespace.namespace(), image, PullSecretList.ofAccount(account, names)))));
        boolean alone = !namespace.pullSecrets().isEmpty()
                && namespace.pullSecrets().values().stream().allMatch(names -> names.size() == 1);
        if (!alone) {
            images.stream()
                    .filter(image -> isAskedAlone(namespace, image))
                    .forEach(image -> questions.add(PullQuestion.kubelet(
                            namespace.namespace(),
                            image,
                            PullSecretList.withoutAccount(List.of(written), "the Secret that was written"))));
        }
        return questions;
    }

    /**
     * Returns whether the written Secret is also checked alone. If there is no ServiceAccount, there is no other
     * identity; and another Secret that works can hide that the written one fails.
     */
    private static boolean isAskedAlone(SyncedNamespace namespace, String image) {
        return namespace.pullSecrets().isEmpty()
                || namespace.secret().filter(ours -> !isFor(image, ours)).isEmpty();
    }

    private static boolean isFor(String image, PullSecret secret) {
        return !KubeletKeyring.of(List.of(secret))
                .lookup(ImageReference.parse(image))
                .credentials()
                .isEmpty();
    }
}
