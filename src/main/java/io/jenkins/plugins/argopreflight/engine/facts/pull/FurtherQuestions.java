package io.jenkins.plugins.argopreflight.engine.facts.pull;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The requests that follow when it is known which pulls work, for the fixes in the report: the image's configuration,
 * the existing tags, and other Secrets that would work. A login is used only for the namespace of its Secret.
 */
final class FurtherQuestions {

    private final SecretCache secrets;
    private final Registry registry;
    private final int concurrency;

    FurtherQuestions(SecretCache secrets, Registry registry, int concurrency) {
        this.secrets = secrets;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /** Returns the pulls with their details. */
    Map<PullQuestion, Pull> ask(Map<PullQuestion, Pull> pulls) {
        Map<PullQuestion, Fact<List<OtherSecret>>> otherSecrets = otherSecrets(pulls.values());
        Map<String, Optional<Login>> working = new LinkedHashMap<>();
        pulls.values()
                .forEach(each -> login(each, Verdict.OK).ifPresent(login -> working.putIfAbsent(image(each), login)));
        Map<PullQuestion, CompletableFuture<Fact<ImageConfig>>> configs = new LinkedHashMap<>();
        Map<PullQuestion, CompletableFuture<Fact<List<String>>>> tags = new LinkedHashMap<>();
        pulls.forEach((question, pull) -> {
            Optional<ImageReference> image = ImageReference.ifValid(pull.image());
            Optional<Login> login = working.get(image(pull));
            if (image.isPresent() && login != null) {
                configs.put(question, registry.configAsync(image.get(), login));
            }
            if (image.isPresent() && pull.verdict() == Verdict.NOT_FOUND) {
                login(pull, Verdict.NOT_FOUND)
                        .ifPresent(credential -> tags.put(question, registry.tagsAsync(image.get(), credential)));
            }
        });
        Map<PullQuestion, Pull> detailed = new LinkedHashMap<>();
        pulls.forEach((question, pull) -> detailed.put(
                question,
                pull.withDetails(
                        configs.containsKey(question) ? Parallel.await(configs.get(question)) : pull.config(),
                        tags.containsKey(question) ? Parallel.await(tags.get(question)) : pull.tags(),
                        otherSecrets.getOrDefault(question, pull.otherSecrets()))));
        return detailed;
    }

    private static String image(Pull pull) {
        return pull.namespace() + " " + pull.image();
    }

    /** Returns the login that got this answer for the manifest; the inner Optional is empty for anonymous. */
    private static Optional<Optional<Login>> login(Pull pull, Verdict verdict) {
        return pull.attempts().stream()
                .filter(attempt -> attempt.answer().verdict() == verdict
                        && !attempt.answer().contentRefused())
                .map(attempt -> attempt.credential().flatMap(Attempt::login))
                .findFirst();
    }

    /** Returns the Secrets that would work for the pulls that have no credential although the registry requires one. */
    private Map<PullQuestion, Fact<List<OtherSecret>>> otherSecrets(Collection<Pull> pulls) {
        List<Pull> withoutCredential =
                pulls.stream().filter(FurtherQuestions::wantsCredential).toList();
        Parallel.forEach(
                withoutCredential.stream().map(Pull::namespace).distinct().toList(), concurrency, secrets::secrets);
        Map<PullQuestion, Fact<List<CompletableFuture<OtherSecret>>>> pending = new LinkedHashMap<>();
        withoutCredential.forEach(pull ->
                pending.put(pull.question(), secrets.secrets(pull.namespace()).map(all -> candidates(pull, all))));
        Map<PullQuestion, Fact<List<OtherSecret>>> answered = new LinkedHashMap<>();
        pending.forEach((question, candidates) -> answered.put(question, candidates.map(Parallel::await)));
        return answered;
    }

    private static boolean wantsCredential(Pull pull) {
        return pull.error().isEmpty()
                && pull.credentials().isEmpty()
                && pull.verdict().isRefusal();
    }

    private List<CompletableFuture<OtherSecret>> candidates(Pull pull, List<ReadSecret> all) {
        ImageReference image = ImageReference.ifValid(pull.image()).orElseThrow();
        List<CompletableFuture<OtherSecret>> candidates = new ArrayList<>();
        for (ReadSecret secret : all) {
            if (pull.pullSecrets().contains(secret.name())) {
                continue;
            }
            PullSecretView view = PullSecretView.of(secret, image);
            if (view.matching().isEmpty()) {
                continue;
            }
            List<String> accounts = secrets.accountsWith(pull.namespace(), secret.name());
            Optional<Login> login = Attempt.login(view.matching().get(0));
            CompletableFuture<Answer> answer = registry.askAsync(image, login)
                    .thenCompose(manifest -> registry.contentAsync(image, login, manifest));
            candidates.add(
                    answer.thenApply(content -> new OtherSecret(view, content.verdict() == Verdict.OK, accounts)));
        }
        return candidates;
    }
}
