package io.jenkins.plugins.argopreflight.engine.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Request;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that serves its public images to everyone, and asks who comes at {@code /v2/} only. */
class LookUpQuestionTest {

    private static final String HOST = "registry.example.com";
    private static final ImageReference IMAGE = ImageReference.parse(HOST + "/public/image:v1");
    private static final Login GOOD = new Login("team", Password.of("s3cret-word"));
    private static final Login STALE = new Login("team", Password.of("l4st-years"));

    @Test
    void shouldShowAStaleCredentialWhereARuntimeIsNotChallenged() {
        String challenge = "Bearer realm=\"https://" + HOST + "/token\",service=\"test\"";
        try (Loopback server = registry(401, challenge);
                RegistryProbe probe = probe(server)) {
            assertThat(probe.ask(IMAGE, Optional.of(STALE)).verdict()).isEqualTo(Verdict.OK);

            Answer stale = lookUp(probe, Optional.of(STALE));
            assertThat(stale.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(stale.credentialSent()).isTrue();
            assertThat(lookUp(probe, Optional.of(GOOD)).verdict()).isEqualTo(Verdict.OK);
            assertThat(lookUp(probe, Optional.empty()).verdict()).isEqualTo(Verdict.OK);
            assertThat(server.seen())
                    .filteredOn(seen -> seen.path().equals("/v2/"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, ", "401, Basic realm=\"test\"", "401, Negotiate"})
    void shouldSendBasicWhereNoTokenIsAskedFor(int status, String challenge) {
        try (Loopback server = registry(status, challenge == null ? "" : challenge);
                RegistryProbe probe = probe(server)) {
            assertThat(lookUp(probe, Optional.of(STALE)).verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(lookUp(probe, Optional.of(GOOD)).verdict()).isEqualTo(Verdict.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 403, 404, 503})
    void shouldNotPassWhereTheControllerStopsAtTheFirstAnswer(int status) {
        try (Loopback server = registry(status, "");
                RegistryProbe probe = probe(server)) {
            Answer answer = lookUp(probe, Optional.empty());

            assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(answer.explanation()).contains("answers /v2/ with HTTP " + status);
            assertThat(probe.ask(IMAGE, Optional.empty()).verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void shouldNotTakeTheNodesSettingsForTheControllers() {
        try (Loopback server = registry(200, "");
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address("plain.example.com:5000", server.url())
                        .insecure("plain.example.com:5000")
                        .build())) {
            Answer answer = probe.lookUpAsync(
                            ImageReference.parse("plain.example.com:5000/public/image:v1"), Optional.empty())
                    .join();

            assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(answer.explanation()).contains("was not verified here");
        }
    }

    /** Scheme of go-containerregistry's pkg/name/registry.go. */
    @ParameterizedTest
    @CsvSource({
        "registry.infra.svc.cluster.local:5000, true",
        "registry.local, true",
        "a.localhost:5000, true",
        "localhost:5000, true",
        "localhost, false",
        "127.0.0.1:5000, true",
        "[::1]:5000, true",
        "10.1.2.3:5000, true",
        "172.31.0.1, true",
        "172.32.0.1, false",
        "192.168.0.1:80, true",
        "registry.local.example.com, false",
        "registry.example.com, false",
    })
    void shouldKnowWhereTheControllerAsksByPlainHttp(String registry, boolean plain) {
        assertThat(LookUpQuestion.mayAskByPlainHttp(registry)).isEqualTo(plain);
    }

    private static Answer lookUp(RegistryProbe probe, Optional<Login> login) {
        return probe.lookUpAsync(IMAGE, login).join();
    }

    private static RegistryProbe probe(Loopback server) {
        return new RegistryProbe(
                RegistrySettings.builder().address(HOST, server.url()).build());
    }

    /** Manifests are for everyone but for who comes with a wrong credential. */
    private static Loopback registry(int status, String challenge) {
        return new Loopback(exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            boolean good = shown == null || shown.equals(Request.basic(GOOD)) || shown.equals("Bearer granted");
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/v2/")) {
                Map<String, String> headers = challenge.isEmpty() ? Map.of() : Map.of("WWW-Authenticate", challenge);
                Loopback.answer(exchange, status, headers, "");
            } else if (path.equals("/token")) {
                token(exchange, good);
            } else {
                Loopback.answer(exchange, good ? 200 : 401, Map.of(), "");
            }
        });
    }

    private static void token(HttpExchange exchange, boolean good) throws IOException {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        Loopback.answer(exchange, good ? 200 : 401, json, good ? "{\"token\":\"granted\"}" : "{}");
    }
}
