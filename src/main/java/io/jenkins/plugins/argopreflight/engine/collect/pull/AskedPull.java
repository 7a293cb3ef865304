package io.jenkins.plugins.argopreflight.engine.collect.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.pull.ImagePuller;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** One question about an image under way, shared by all places that ask it, and what else was learned of it. */
final class AskedPull {

    /** What makes two questions equal; of the last, why it is not known whether they will be asked. */
    record Key(String namespace, InEffect inEffect, String image, boolean lookUp, String assumed) {}

    private final Key key;
    private final CompletableFuture<Pull> pull;
    private PullSecrets secrets;
    private Fact<ImageConfig> config = Fact.unknown("the image could not be pulled");
    private Fact<List<String>> tags = Fact.unknown("not asked for");

    private AskedPull(Key key, PullSecrets secrets, CompletableFuture<Pull> pull) {
        this.key = key;
        this.secrets = secrets;
        this.pull = pull;
    }

    /** Asks without waiting; the Secrets have been read. */
    static AskedPull ask(
            Key key, SecretCache book, ImagePuller puller, BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        InEffect inEffect = key.inEffect();
        List<PullSecretView> sights = new ArrayList<>();
        List<PullSecret> readable = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Optional<ImageReference> image = ImageReference.ifValid(key.image());
        for (String name : inEffect.names()) {
            Fact<Optional<ReadSecret>> secret = book.secret(key.namespace(), name);
            if (secret.isUnknown()) {
                secret.ifUnknown().ifPresent(unknown -> sights.add(PullSecretView.unknown(name, unknown)));
                continue;
            }
            secret.ifKnown()
                    .flatMap(found -> found)
                    .ifPresentOrElse(
                            found -> {
                                readable.add(found.secret());
                                image.ifPresent(
                                        parsed -> sights.add(PullSecretView.of(found.secret(), found.meant(), parsed)));
                            },
                            () -> {
                                missing.add(name);
                                sights.add(PullSecretView.absent(name));
                            });
        }
        List<String> barred = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        if (key.lookUp()) {
            for (String name : inEffect.names()) {
                Fact<Boolean> allowed = controllerMayGet.apply(key.namespace(), name);
                allowed.ifUnknown()
                        .ifPresent(unknown ->
                                undecided.add("could not check whether the controller is allowed to get secrets \""
                                        + name + "\" (" + unknown.reason() + ")"));
                if (allowed.ifKnown().filter(yes -> !yes).isPresent()) {
                    barred.add(name);
                }
            }
        }
        PullSecrets secrets =
                new PullSecrets(sights, inEffect.account(), barred, Fact.unknown("other Secrets were not read"));
        String bar = barred.isEmpty()
                ? ""
                : "the controller is not allowed to get secrets \"" + String.join("\", \"", barred) + "\" in namespace "
                        + key.namespace();
        PullQuestion question =
                new PullQuestion(key.namespace(), inEffect.serviceAccount(), key.image(), readable, missing);
        if (key.image().contains("{{")) {
            return new AskedPull(key, secrets, CompletableFuture.completedFuture(unresolved(question, key.lookUp())));
        }
        List<String> unknown = unknown(key, sights, undecided);
        CompletableFuture<Pull> pull = puller.check(question, bar)
                .thenApply(known -> bar.isEmpty() && !unknown.isEmpty() ? doubtful(known, unknown) : known)
                .thenApply(known -> named(known, inEffect.names()))
                .thenApply(known -> assumed(known, key));
        return new AskedPull(key, secrets, pull);
    }

    private static List<String> unknown(Key key, List<PullSecretView> sights, List<String> undecided) {
        List<String> unknown = new ArrayList<>();
        key.inEffect()
                .account()
                .ifUnknown()
                .ifPresent(account -> unknown.add("ServiceAccount \""
                        + key.inEffect().serviceAccount() + "\" could not be read (" + account.reason() + ")"));
        sights.stream()
                .filter(sight -> sight.presence() == PullSecretView.Presence.UNKNOWN)
                .forEach(sight ->
                        unknown.add("Secret \"" + sight.name() + "\" could not be read (" + sight.unread() + ")"));
        unknown.addAll(undecided);
        return unknown;
    }

    /** What does not depend on credentials is certain; the rest could not be checked. */
    private static Pull doubtful(Pull pull, List<String> why) {
        boolean stands = pull.verdict() == Verdict.NOT_FOUND
                || pull.verdict() == Verdict.TLS
                || pull.verdict() == Verdict.INVALID && pull.answers().isEmpty()
                || !pull.verdict().isKnown();
        if (stands) {
            return pull;
        }
        return with(
                pull,
                pull.pullSecrets(),
                String.join("; ", why),
                Verdict.UNKNOWN,
                "Could not check whether " + consumer(pull) + pull.image() + ": " + String.join("; ", why) + ".");
    }

    /** A look-up that works works as well where the controller's own list makes it needless. */
    private static Pull assumed(Pull pull, Key key) {
        boolean stands = key.assumed().isEmpty()
                || !pull.verdict().isKnown() && pull.verdict() != Verdict.UNKNOWN
                || key.lookUp() && pull.verdict() == Verdict.OK;
        return stands
                ? pull
                : with(
                        pull,
                        pull.pullSecrets(),
                        pull.error(),
                        Verdict.UNKNOWN,
                        "Could not check whether " + consumer(pull) + pull.image() + ": " + key.assumed()
                                + ". If it does: " + pull.sentence());
    }

    private static String consumer(Pull pull) {
        return pull.consumer() == Consumer.CONTROLLER ? "the controller can look up " : "the kubelet can pull ";
    }

    /** The names in effect, of Secrets that are not there too. */
    private static Pull named(Pull pull, List<String> names) {
        return with(pull, names, pull.error(), pull.verdict(), pull.sentence());
    }

    private static Pull with(Pull pull, List<String> names, String error, Verdict verdict, String sentence) {
        return new Pull(
                pull.namespace(),
                pull.serviceAccount(),
                pull.image(),
                pull.consumer(),
                names,
                pull.credentials(),
                error,
                verdict,
                sentence,
                pull.answers());
    }

    private static Pull unresolved(PullQuestion question, boolean lookUp) {
        return new Pull(
                question.namespace(),
                question.serviceAccount(),
                question.image(),
                lookUp ? Consumer.CONTROLLER : Consumer.KUBELET,
                question.secrets().stream().map(PullSecret::name).toList(),
                List.of(),
                "",
                Verdict.UNKNOWN,
                "The image " + question.image() + " is not known before the workflow runs.",
                List.of());
    }

    Key key() {
        return key;
    }

    /** Waits for the answer. */
    Pull pull() {
        return Parallel.await(pull);
    }

    PullSecrets secrets() {
        return secrets;
    }

    void others(Fact<List<PullSecrets.OtherSecret>> found) {
        secrets = secrets.others(found);
    }

    void config(Fact<ImageConfig> found) {
        config = found;
    }

    void tags(Fact<List<String>> found) {
        tags = found;
    }

    PodPull row(PullSite site) {
        return new PodPull(
                site.workflow(),
                site.pod(),
                site.container(),
                site.path(),
                key.inEffect().source(),
                key.inEffect().ignored(),
                key.assumed(),
                pull(),
                secrets,
                config,
                tags,
                Optional.empty());
    }
}
