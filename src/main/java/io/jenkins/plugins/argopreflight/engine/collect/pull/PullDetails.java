package io.jenkins.plugins.argopreflight.engine.collect.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PullSecrets.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What a remedy needs once it is known which pulls work: the image's configuration, the tags that there are, and the
 * Secrets that would have worked. Logins serve only the namespace whose Secrets hold them.
 */
final class PullDetails {

    private static final Set<Verdict> WANTS_CREDENTIAL =
            EnumSet.of(Verdict.REJECTED, Verdict.NO_RIGHT, Verdict.MISSING_OR_NO_RIGHT);

    private final SecretCache secrets;
    private final Registry registry;
    private final int concurrency;

    PullDetails(SecretCache secrets, Registry registry, int concurrency) {
        this.secrets = secrets;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    void addTo(List<AskedPull> asked) {
        others(asked);
        Map<String, Optional<Login>> working = new LinkedHashMap<>();
        asked.forEach(each -> login(each, Verdict.OK).ifPresent(login -> working.putIfAbsent(image(each), login)));
        Map<AskedPull, CompletableFuture<Fact<ImageConfig>>> configs = new LinkedHashMap<>();
        Map<AskedPull, CompletableFuture<Fact<List<String>>>> tags = new LinkedHashMap<>();
        for (AskedPull each : asked) {
            Optional<ImageReference> image = ImageReference.ifValid(each.key().image());
            Optional<Login> login = working.get(image(each));
            if (image.isPresent() && login != null) {
                configs.put(each, registry.configAsync(image.get(), login));
            }
            if (image.isPresent() && each.pull().verdict() == Verdict.NOT_FOUND) {
                login(each, Verdict.NOT_FOUND).ifPresent(by -> tags.put(each, registry.tagsAsync(image.get(), by)));
            }
        }
        configs.forEach((each, config) -> each.config(Parallel.await(config)));
        tags.forEach((each, found) -> each.tags(Parallel.await(found)));
    }

    private static String image(AskedPull asked) {
        return asked.key().namespace() + " " + asked.key().image();
    }

    /** The login that got this answer; the inner one is empty for anonymous. */
    private static Optional<Optional<Login>> login(AskedPull asked, Verdict verdict) {
        return asked.pull().answers().stream()
                .filter(tried -> tried.answer().verdict() == verdict)
                .map(tried -> tried.credential().flatMap(PullDetails::login))
                .findFirst();
    }

    private static Optional<Login> login(StoredCredential credential) {
        return credential.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(credential.username(), credential.password()));
    }

    /** Looks for a Secret that would have worked, where no credential was found and the registry wants one. */
    private void others(List<AskedPull> asked) {
        List<AskedPull> wanting =
                asked.stream().filter(each -> wantsCredential(each.pull())).toList();
        List<String> namespaces =
                wanting.stream().map(each -> each.key().namespace()).distinct().toList();
        Parallel.forEach(namespaces, concurrency, secrets::secrets);
        Map<AskedPull, List<CompletableFuture<OtherSecret>>> found = new LinkedHashMap<>();
        for (AskedPull each : wanting) {
            Fact<List<ReadSecret>> all = secrets.secrets(each.key().namespace());
            all.ifUnknown().ifPresent(unknown -> each.others(unknown.of()));
            all.ifKnown().ifPresent(known -> found.put(each, candidates(each, known)));
        }
        found.forEach((each, candidates) -> each.others(
                Fact.known(candidates.stream().map(CompletableFuture::join).toList())));
    }

    private static boolean wantsCredential(Pull pull) {
        return pull.error().isEmpty() && pull.credentials().isEmpty() && WANTS_CREDENTIAL.contains(pull.verdict());
    }

    private List<CompletableFuture<OtherSecret>> candidates(AskedPull asked, List<ReadSecret> all) {
        ImageReference image = ImageReference.ifValid(asked.key().image()).orElseThrow();
        List<CompletableFuture<OtherSecret>> candidates = new ArrayList<>();
        for (ReadSecret secret : all) {
            if (asked.key().inEffect().names().contains(secret.name())) {
                continue;
            }
            PullSecretView sight = PullSecretView.of(secret.secret(), secret.meant(), image);
            if (sight.matching().isEmpty()) {
                continue;
            }
            List<String> accounts = secrets.accountsWith(asked.key().namespace(), secret.name());
            CompletableFuture<Answer> answer =
                    registry.askAsync(image, login(sight.matching().get(0)));
            candidates.add(answer.thenApply(said -> new OtherSecret(sight, said.verdict() == Verdict.OK, accounts)));
        }
        return candidates;
    }
}
