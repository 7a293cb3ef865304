package io.jenkins.plugins.argopreflight.engine.sync.proof;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One namespace's questions to the registries: what will a pod of each ServiceAccount get for each image, with the pull
 * Secrets that are in effect now, and what the Secret that was written gets alone. Secrets that are not ours are read once each; without the right to, the answer is
 * UNKNOWN.
 */
public final class Proof {

    private final ClusterGateway cluster;
    private final SyncedNamespace namespace;
    private final Map<String, Fact<Optional<PullSecret>>> secrets = new HashMap<>();
    public final List<PullQuestion> questions = new ArrayList<>();
    public final List<Pull> unknown = new ArrayList<>();

    public Proof(ClusterGateway cluster, SyncedNamespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        namespace.secret().ifPresent(ours -> secrets.put(ours.name(), Fact.known(Optional.of(ours))));
    }

    public Proof of(List<String> images) {
        namespace.pullSecrets().forEach((account, names) -> ask(account, names, images));
        boolean alone = !namespace.pullSecrets().isEmpty()
                && namespace.pullSecrets().values().stream().allMatch(names -> names.size() == 1);
        if (!alone) {
            images.forEach(this::askWithOursAlone);
        }
        return this;
    }

    /** Without a ServiceAccount there is no other identity, and another Secret that works can hide that ours fails. */
    private void askWithOursAlone(String image) {
        Optional<PullSecret> ours = namespace.secret();
        if (ours.isEmpty()) {
            unknown.add(unknown(
                    "",
                    List.of(),
                    image,
                    "not read back",
                    "The Secret that was written could not be read back in namespace " + namespace.namespace()
                            + ": could not check whether it pulls " + image + "."));
        } else if (namespace.pullSecrets().isEmpty() || isFor(image, ours.get())) {
            questions.add(new PullQuestion(namespace.namespace(), "", image, List.of(ours.get())));
        }
    }

    private static boolean isFor(String image, PullSecret secret) {
        return !KubeletKeyring.of(List.of(secret))
                .lookup(ImageReference.parse(image))
                .credentials()
                .isEmpty();
    }

    private void ask(String account, List<String> names, List<String> images) {
        List<PullSecret> inEffect = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            Fact<Optional<PullSecret>> secret = secrets.computeIfAbsent(name, this::read);
            Optional<Fact.Unknown<Optional<PullSecret>>> unreadable = secret.ifUnknown();
            if (unreadable.isPresent()) {
                Fact.Unknown<?> unread = unreadable.get();
                images.forEach(image -> unknown.add(unknown(
                        account,
                        names,
                        image,
                        unread.reason(),
                        "ServiceAccount " + account + " in namespace " + namespace.namespace()
                                + " also refers to Secret " + name + ", which could not be read (" + unread.reason()
                                + "): could not check whether its pods can pull " + image + ".")));
                return;
            }
            secret.ifKnown().flatMap(found -> found).ifPresentOrElse(inEffect::add, () -> missing.add(name));
        }
        images.forEach(
                image -> questions.add(new PullQuestion(namespace.namespace(), account, image, inEffect, missing)));
    }

    /** The kubelet goes on without a Secret that does not exist. */
    private Fact<Optional<PullSecret>> read(String name) {
        try {
            return Fact.known(cluster.get(Resource.SECRETS, namespace.namespace(), name)
                    .map(secret ->
                            PullSecret.of(name, Objects.text(secret, "type"), Objects.strings(secret.path("data")))));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return e.kind() == Kind.FORBIDDEN
                    ? Fact.missing(Right.of("get", "", "secrets", namespace.namespace())
                            .named(name))
                    : Fact.unknown(e.getMessage());
        }
    }

    private Pull unknown(String account, List<String> names, String image, String reason, String sentence) {
        return new Pull(
                namespace.namespace(),
                account,
                image,
                Consumer.KUBELET,
                names,
                List.of(),
                reason,
                Verdict.UNKNOWN,
                sentence,
                List.of());
    }
}
