package io.jenkins.plugins.argopreflight.engine.collect.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullDetails;
import io.jenkins.plugins.argopreflight.engine.pull.PullDetails.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a remedy needs once it is known which pulls work: the image's configuration, the tags that there are, and the
 * Secrets that would have worked. Logins serve only the namespace whose Secrets hold them.
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

    /** The same pulls with their details. */
    Map<PullQuestion, Pull> ask(Map<PullQuestion, Pull> pulls) {
        Map<PullQuestion, Fact<List<OtherSecret>>> others = others(pulls.values());
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
                login(pull, Verdict.NOT_FOUND).ifPresent(by -> tags.put(question, registry.tagsAsync(image.get(), by)));
            }
        });
        Map<PullQuestion, Pull> detailed = new LinkedHashMap<>();
        PullDetails none = PullDetails.NONE;
        pulls.forEach((question, pull) -> detailed.put(
                question,
                pull.with(new PullDetails(
                        configs.containsKey(question) ? Parallel.await(configs.get(question)) : none.config(),
                        tags.containsKey(question) ? Parallel.await(tags.get(question)) : none.tags(),
                        others.getOrDefault(question, none.others())))));
        return detailed;
    }

    private static String image(Pull pull) {
        return pull.namespace() + " " + pull.image();
    }

    /** The login that got this answer for the manifest; the inner one is empty for anonymous. */
    private static Optional<Optional<Login>> login(Pull pull, Verdict verdict) {
        return pull.answers().stream()
                .filter(tried ->
                        tried.answer().verdict() == verdict && !tried.answer().content())
                .map(tried -> tried.credential().flatMap(ProbeAttempt::login))
                .findFirst();
    }

    /** Looks for a Secret that would have worked, where no credential was found and the registry wants one. */
    private Map<PullQuestion, Fact<List<OtherSecret>>> others(Collection<Pull> pulls) {
        List<Pull> wanting =
                pulls.stream().filter(FurtherQuestions::wantsCredential).toList();
        Parallel.forEach(wanting.stream().map(Pull::namespace).distinct().toList(), concurrency, secrets::secrets);
        Map<PullQuestion, Fact<List<CompletableFuture<OtherSecret>>>> asked = new LinkedHashMap<>();
        wanting.forEach(pull ->
                asked.put(pull.question(), secrets.secrets(pull.namespace()).map(all -> candidates(pull, all))));
        Map<PullQuestion, Fact<List<OtherSecret>>> found = new LinkedHashMap<>();
        asked.forEach((question, candidates) -> found.put(question, candidates.map(Parallel::await)));
        return found;
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
            PullSecretView sight = PullSecretView.of(secret, image);
            if (sight.matching().isEmpty()) {
                continue;
            }
            List<String> accounts = secrets.accountsWith(pull.namespace(), secret.name());
            Optional<Login> login = ProbeAttempt.login(sight.matching().get(0));
            CompletableFuture<Answer> answer =
                    registry.askAsync(image, login).thenCompose(said -> registry.contentAsync(image, login, said));
            candidates.add(answer.thenApply(said -> new OtherSecret(sight, said.verdict() == Verdict.OK, accounts)));
        }
        return candidates;
    }
}
