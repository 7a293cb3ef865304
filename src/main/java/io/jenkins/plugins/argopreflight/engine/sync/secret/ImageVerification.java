package io.jenkins.plugins.argopreflight.engine.sync.secret;

import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.registry.pull.SecretSource;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verification of images before and after a Secret is written.
 *
 * @param registry the registry client; it remembers its answers, so that the second verification sends only questions
 *     that the first did not
 */
record ImageVerification(List<String> images, Registry registry, int concurrency) {

    ImageVerification withImages(List<String> otherImages) {
        return new ImageVerification(otherImages, registry, concurrency);
    }

    /** Returns one pull for each image, with only the credentials that would be written. */
    List<Pull> verifyBefore(SyncRequest request) {
        ReadSecret secretToWrite = new ReadSecret(
                new PullSecret(
                        request.name(),
                        PullSecret.DOCKER_CONFIG_JSON,
                        Optional.of(DockerConfig.of(request.credentials()).toJson())),
                Optional.empty());
        PullSecretList secretOnly =
                PullSecretList.withoutAccount(List.of(request.name()), "the Secret that would be written");
        List<PullQuestion> questions = images.stream()
                .map(image -> PullQuestion.kubelet("", image, secretOnly))
                .toList();
        return List.copyOf(
                new PullCheck(registry, (namespace, name) -> Fact.known(Optional.of(secretToWrite)), concurrency)
                        .ask(questions)
                        .values());
    }

    /**
     * Returns a pull for each image and ServiceAccount. Secrets that Argo Preflight does not manage are read once each;
     * the answer is UNKNOWN if reading them is not allowed.
     */
    List<PullRow> verifyAfter(String name, List<SyncedNamespace> namespaces, ClusterGateway cluster) {
        Map<String, Fact<Optional<ReadSecret>>> written = new HashMap<>();
        namespaces.forEach(each -> each.secret()
                .ifPresent(secret -> written.put(
                        each.namespace(), Fact.known(Optional.of(new ReadSecret(secret, Optional.empty()))))));
        ClusterReader others = new ClusterReader(Fact.known(cluster));
        SecretSource secrets = (namespace, secret) -> secret.equals(name) && written.containsKey(namespace)
                ? written.get(namespace)
                : others.secret(namespace, secret);
        List<PullQuestion> questions = namespaces.stream()
                .flatMap(namespace -> questions(namespace, name).stream())
                .toList();
        return new PullCheck(registry, secrets, concurrency)
                .ask(questions).values().stream()
                        .sorted(Comparator.comparing(Pull::namespace)
                                .thenComparing(Pull::serviceAccount)
                                .thenComparing(pull -> images.indexOf(pull.image())))
                        .map(PullRow::of)
                        .toList();
    }

    /**
     * Returns the questions of one namespace: about each image with the pull Secrets of each ServiceAccount, and with the
     * written Secret alone.
     */
    private List<PullQuestion> questions(SyncedNamespace namespace, String written) {
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
