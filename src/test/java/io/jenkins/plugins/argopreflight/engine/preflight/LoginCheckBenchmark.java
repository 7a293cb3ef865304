package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Login check of 20 images in 5 registries with token authentication, 50 ms a request, against a loop over crane on the
 * same registries in the same run. Runs with {@code -Dbenchmark=true} only; bench/login-check.sh calls it.
 */
@Tag("benchmark")
@NeedsServers(Server.REGISTRY)
@EnabledIfSystemProperty(named = "benchmark", matches = "true")
@ExtendWith(InRun.class)
class LoginCheckBenchmark {

    private static final int REGISTRIES = 5;
    private static final int IMAGES_EACH = 4;
    private static final long DELAY = 50;
    private static final int RUNS = 5;
    private static final String PASSWORD = "s3cret-word";

    @TempDir
    private Path dockerConfig;

    private final List<TokenRegistry> registries = new ArrayList<>();

    @BeforeEach
    void start() {
        for (int i = 0; i < REGISTRIES; i++) {
            registries.add(TokenRegistry.onLocalhost(Map.of("team", PASSWORD), DELAY));
        }
    }

    @AfterEach
    void stop() {
        registries.forEach(TokenRegistry::close);
    }

    @Test
    void shouldNeedFewRoundTripsWhereALoopNeedsMany() throws Exception {
        List<RegistryCredential> credentials = registries.stream()
                .map(r -> new RegistryCredential(r.name(), "team", Password.of(PASSWORD), "", r.name()))
                .toList();
        LoginCheck check = new LoginCheck(RegistrySettings.defaults());
        List<LoginCheck.Result> results = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            results.add(check.check(images(), credentials));
            assertThat(results.get(i).pulls()).hasSize(20).allMatch(p -> p.verdict() == Verdict.OK);
        }
        Duration crane = crane();

        long first = results.get(0).wall().toMillis();
        long median = results.stream()
                .map(LoginCheck.Result::wall)
                .sorted()
                .toList()
                .get(RUNS / 2)
                .toMillis();
        System.out.printf(
                "login-check: %d images with and without their credential, %d registries, %d ms a request: %d requests,"
                        + " %d round trips one after the other; wall %d ms at first, median of %d: %d ms = %.1f round trips%n",
                images().size(),
                REGISTRIES,
                DELAY,
                results.get(0).registryCalls(),
                results.get(0).roundTrips(),
                first,
                RUNS,
                median,
                median / (double) DELAY);
        System.out.printf(
                "crane digest, one process after the other, with the credential only: wall %d ms; ratio %.1f at first,"
                        + " %.1f by the median%n",
                crane.toMillis(), crane.toMillis() / (double) first, crane.toMillis() / (double) median);
        assertThat(results).allMatch(r -> r.roundTrips() <= 4);
    }

    private List<String> images() {
        List<String> images = new ArrayList<>();
        for (TokenRegistry registry : registries) {
            for (int i = 0; i < IMAGES_EACH; i++) {
                images.add(registry.name() + "/team/image-" + i + ":v1");
            }
        }
        return images;
    }

    /** Returns the time of a script with crane, as people write it: one process after the other. */
    private Duration crane() throws IOException, InterruptedException {
        String auth = Base64.getEncoder().encodeToString(("team:" + PASSWORD).getBytes());
        Files.writeString(
                dockerConfig.resolve("config.json"),
                registries.stream()
                        .map(r -> "\"" + r.name() + "\":{\"auth\":\"" + auth + "\"}")
                        .collect(Collectors.joining(",", "{\"auths\":{", "}}")));
        long start = System.nanoTime();
        for (String image : images()) {
            ProcessBuilder builder = new ProcessBuilder(ServerBinaries.require("crane"), "digest", image);
            builder.environment().put("DOCKER_CONFIG", dockerConfig.toString());
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
