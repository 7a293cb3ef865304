package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.facts.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.registry.pull.SecretSource;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check of credentials without a cluster: takes images and credentials, and returns the verdicts of the registries.
 */
public final class LoginCheck {

    /**
     * The verdicts, and the cost of getting them.
     *
     * @param pulls the pulls, in the order of the images
     * @param registryCalls the number of HTTP requests to registries and token servers
     * @param roundTrips the length of the longest chain of requests that had to be answered one after the other
     * @param wall the duration of the check
     */
    public record Result(List<PullRow> pulls, long registryCalls, int roundTrips, Duration wall) {}

    private final RegistrySettings settings;

    public LoginCheck(RegistrySettings settings) {
        this.settings = settings;
    }

    /**
     * Asks the registries with the credentials that a kubelet would use if one Secret had all of them. The answers name
     * no Secret, because there is none.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException if the credentials do not fit
     *     into a Secret
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if interrupted
     */
    public Result check(List<String> images, List<RegistryCredential> credentials) {
        Optional<ReadSecret> secret = Optional.of(credentials)
                .filter(list -> !list.isEmpty())
                .map(list -> new PullSecret(
                        "",
                        PullSecret.DOCKER_CONFIG_JSON,
                        Optional.of(DockerConfig.of(list).toJson())))
                .map(pullSecret -> new ReadSecret(pullSecret, Optional.empty()));
        PullSecretList secretList = PullSecretList.withoutAccount(
                secret.map(ReadSecret::name).stream().toList(), "");
        List<PullQuestion> questions = images.stream()
                .map(image -> PullQuestion.kubelet("", image, secretList))
                .toList();
        long start = System.nanoTime();
        try (RegistryProbe probe = new RegistryProbe(settings)) {
            SecretSource secrets = (namespace, name) -> Fact.known(secret);
            int concurrency = 1;
            Map<PullQuestion, Pull> answers =
                    new PullCheck(new LimitedRegistry(probe, Budget.current()), secrets, concurrency).ask(questions);
            List<PullRow> pulls =
                    questions.stream().map(answers::get).map(PullRow::of).toList();
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            return new Result(pulls, probe.requests(), probe.longestChain(), wall);
        }
    }
}
