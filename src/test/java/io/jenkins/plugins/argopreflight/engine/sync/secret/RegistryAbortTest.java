package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.boundary.Attack;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.MemoryLab;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.preflight.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.sync.scenario.SyncScenarios;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A registry that does not go on answering holds up no aborted run: the run ends, and so do its connections and the
 * threads that read from them. And a run asks no more registries than its limits allow.
 */
@Timeout(60)
@ExtendWith(InRun.class)
class RegistryAbortTest extends SyncScenarios {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "SILEN.*")
    void shouldEndALoginCheck(Attack attack) throws Exception {
        try (RawServer server = silent(attack)) {
            Object end = abort(
                    server,
                    () -> new LoginCheck(settings(server))
                            .check(List.of("registry.example.com/team/image:v1"), List.of()));
            assertThat(end)
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "SILEN.*")
    void shouldWriteNothingWhenAbortedWhileTheCredentialsAreTried(Attack attack) throws Exception {
        String ci = lab.namespace("ci");
        try (RawServer server = silent(attack)) {
            Object end = abort(server, () -> verify(server, ci));
            assertThat(end)
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
        }
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    private SyncReport verify(RawServer server, String namespace) {
        return new RegistrySecretWriter(lab.admin(), 4, Clock.systemUTC())
                .run(
                        Ask.sync(namespace)
                                .registry("registry.example.com", "team")
                                .request(),
                        List.of("registry.example.com/team/image:v1"),
                        settings(server),
                        outcome -> {});
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "SILEN.*")
    void shouldEndTheProofOfASecret(Attack attack) throws Exception {
        String ci = lab.namespace("ci");
        sync(Ask.sync(ci).name("other").registry("registry.example.com", "other"));
        String other = Base64.getEncoder().encodeToString(("other:" + Ask.CANARY).getBytes(UTF_8));
        try (RawServer server = new RawServer((request, out) -> {
            if (request.contains(other)) {
                attack.write(request, out, "403 Forbidden");
            } else if (request.contains("Basic ")) {
                RawServer.text(
                        out,
                        "HTTP/1.1 200 OK\nContent-Type: application/vnd.oci.image.manifest.v1+json\n"
                                + "Content-Length: 2\nConnection: close\n\n{}");
            } else {
                RawServer.text(
                        out,
                        "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"r\"\n"
                                + "Content-Length: 0\nConnection: close\n\n");
            }
        })) {
            Object end = abort(server, () -> verify(server, ci));
            assertThat(end)
                    .isInstanceOfSatisfying(
                            SyncReport.class,
                            report -> assertThat(report.unseen())
                                    .extracting(Unavailable::reason)
                                    .singleElement()
                                    .asString()
                                    .contains("interrupted"));
        }
    }

    @Test
    void shouldAskNoMoreImagesThanTheLimit() {
        List<String> images = List.of(
                "registry.example.com/public/a:v1",
                "registry.example.com/public/b:v1",
                "registry.example.com/public/c:v1");
        try (TokenRegistry registry = new TokenRegistry("registry.example.com", Map.of("team", "s3cret"), 0);
                Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.IMAGES, 2))) {
            RegistrySettings settings = RegistrySettings.builder()
                    .address("registry.example.com", registry.server().url())
                    .build();
            LoginCheck.Result result = new LoginCheck(settings).check(images, List.of());
            assertThat(result.pulls())
                    .filteredOn(pull -> pull.verdict() == Verdict.UNKNOWN)
                    .singleElement()
                    .satisfies(
                            pull -> assertThat(pull.message()).contains("the limit images=2 of this run is reached"));
        }
        try (TokenRegistry registry = new TokenRegistry("registry.example.com", Map.of("team", "s3cret"), 0);
                Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.IMAGES, 2))) {
            RegistrySettings settings = RegistrySettings.builder()
                    .address("registry.example.com", registry.server().url())
                    .build();
            SyncReport report = new RegistrySecretWriter(lab.admin(), 4, Clock.systemUTC())
                    .run(
                            Ask.sync(lab.namespace("ci"))
                                    .registry("registry.example.com", "team", "s3cret")
                                    .request(),
                            images,
                            settings,
                            outcome -> {});
            assertThat(report.pulls())
                    .filteredOn(pull -> pull.verdict() == Verdict.UNKNOWN)
                    .singleElement()
                    .satisfies(
                            pull -> assertThat(pull.message()).contains("the limit images=2 of this run is reached"));
            assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        }
    }

    /** Returns a server whose answer is that of an error: its body is read. */
    private static RawServer silent(Attack attack) {
        return new RawServer((request, out) -> attack.write(request, out, "403 Forbidden"));
    }

    private static RegistrySettings settings(RawServer server) {
        return RegistrySettings.builder()
                .address("registry.example.com", server.url())
                .timeout(LONG)
                .build();
    }

    /** Returns the result or the error of the run, after the run and its connections have ended. */
    private static Object abort(RawServer server, Callable<?> run) throws Exception {
        AtomicReference<Object> end = new AtomicReference<>();
        Thread thread = new Thread(InRun.own(() -> {
            try {
                end.set(run.call());
            } catch (Exception e) {
                end.set(e);
            }
        }));
        thread.start();
        server.awaitSilence();
        thread.interrupt();
        thread.join();
        server.awaitEndOfConnections();
        while (isProbing()) {
            Thread.sleep(5);
        }
        return end.get();
    }

    private static boolean isProbing() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals(RegistryProbe.class.getName()));
    }
}
