package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.collect.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.pull.InEffect;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.report.PullRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What do these registries say to these credentials: images and credentials in, verdicts out, no cluster. */
public final class LoginCheck {

    /**
     * The verdicts and what they cost.
     *
     * @param pulls in the order of the images
     * @param registryCalls HTTP requests to registries and token servers
     * @param roundTrips the most of them that had to be answered one after the other
     * @param wall how long it took
     */
    public record Result(List<PullRow> pulls, long registryCalls, int roundTrips, Duration wall) {}

    private final RegistrySettings settings;

    public LoginCheck(RegistrySettings settings) {
        this.settings = settings;
    }

    /**
     * Asks like a kubelet that has these credentials in one Secret; the answers name no Secret, as there is none.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfigException when they fit into no Secret
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when interrupted
     */
    public Result check(List<String> images, List<RegistryCredential> credentials) {
        Optional<ReadSecret> given = Optional.of(credentials)
                .filter(some -> !some.isEmpty())
                .map(some -> new PullSecret(
                        "",
                        PullSecret.DOCKER_CONFIG_JSON,
                        Optional.of(DockerConfig.of(some).toJson())))
                .map(secret -> new ReadSecret(secret, Optional.empty()));
        InEffect inEffect = InEffect.alone(given.map(ReadSecret::name).stream().toList(), "");
        List<PullQuestion> questions = images.stream()
                .map(image -> PullQuestion.kubelet("", image, inEffect))
                .toList();
        long start = System.nanoTime();
        try (Budget.Scope run = Budget.ensure();
                RegistryProbe probe = new RegistryProbe(settings)) {
            Map<PullQuestion, Pull> answers = new PullCheck(
                            new LimitedRegistry(probe, Budget.current()), (none, name) -> Fact.known(given), 1)
                    .ask(questions);
            List<PullRow> pulls =
                    questions.stream().map(answers::get).map(PullRow::of).toList();
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            return new Result(pulls, probe.requests(), probe.longestChain(), wall);
        }
    }
}
