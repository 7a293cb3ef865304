package io.jenkins.plugins.argopreflight.engine.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Request;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.TokenContent;
import io.jenkins.plugins.argopreflight.engine.util.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryProbeTest {

    private static final String HOST = "registry.example.com";
    private static final Optional<Login> TEAM = Optional.of(new Login("team", Password.of("s3cret-word")));
    private static final Optional<Login> WRONG = Optional.of(new Login("team", Password.of("wr0ng-word")));

    @Test
    void shouldGreetARegistryOnceAndAskForEachTokenOnce() {
        try (TokenRegistry registry = new TokenRegistry(HOST, Map.of("team", "s3cret-word"), 20);
                RegistryProbe probe = probe(registry.server())) {
            List<CompletableFuture<Answer>> asked = IntStream.range(0, 12)
                    .mapToObj(i -> probe.askAsync(image("team/image-" + i % 3 + ":v" + i), TEAM))
                    .toList();

            assertThat(asked.stream().map(CompletableFuture::join)).allMatch(a -> a.verdict() == Verdict.OK);
            List<Loopback.Seen> seen = registry.server().seen();
            assertThat(seen).filteredOn(r -> r.authorization().isEmpty()).hasSize(1);
            assertThat(seen).filteredOn(r -> r.path().equals("/token")).hasSize(3);
            assertThat(seen).hasSize(1 + 3 + 12);
            assertThat(probe.requests()).isEqualTo(16);
            assertThat(probe.longestChain()).isEqualTo(3);
        }
    }

    @Test
    void shouldSendNoMarkerOfASnapshot() {
        Optional<Login> marked =
                Optional.of(new Login("team", Password.of(new Markers().of(Password.of("s3cret-word")))));
        try (TokenRegistry registry = new TokenRegistry(HOST, Map.of("team", "s3cret-word"), 0);
                RegistryProbe probe = probe(registry.server())) {
            Answer answer = probe.ask(image("team/image:v1"), marked);

            assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(answer.explanation())
                    .contains("credentials of \"team\"", "a snapshot has markers in place of passwords");
            assertThat(probe.tagsAsync(image("team/image:v1"), marked).join().ifKnown())
                    .isEmpty();
            assertThat(probe.configAsync(image("team/image:v1"), marked).join().ifKnown())
                    .isEmpty();
            assertThat(registry.server().seen()).isEmpty();
        }
    }

    @Test
    void shouldNotMixTheTokensOfCredentialsAndScopes() {
        try (TokenRegistry registry = new TokenRegistry(HOST, Map.of("team", "s3cret-word"), 0);
                RegistryProbe probe = probe(registry.server())) {
            assertThat(probe.ask(image("team/image:v1"), TEAM).verdict()).isEqualTo(Verdict.OK);
            assertThat(probe.ask(image("team/image:v1"), WRONG).verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(probe.ask(image("team/image:v1"), Optional.empty()).verdict())
                    .isEqualTo(Verdict.MISSING_OR_NO_RIGHT);
            assertThat(probe.ask(image("other/image:v1"), TEAM).verdict()).isEqualTo(Verdict.NO_RIGHT);
        }
    }

    @Test
    void shouldFollowAChallengeThatDiffersForEachRepository() {
        try (Loopback registry = new Loopback(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    String repository = path.replaceAll("^/v2/|/manifests/.*$", "");
                    String token = "Bearer for-" + repository;
                    if (path.startsWith("/token/")) {
                        Loopback.answer(
                                exchange,
                                200,
                                Map.of("Content-Type", "application/json"),
                                "{\"token\":\"for-" + path.substring(7) + "\"}");
                    } else if (token.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                        Loopback.answer(exchange, 200, Map.of(), "");
                    } else {
                        String realm = "Bearer realm=\"https://" + HOST + "/token/" + repository + "\"";
                        Loopback.answer(exchange, 401, Map.of("WWW-Authenticate", realm), "");
                    }
                });
                RegistryProbe probe = probe(registry)) {
            assertThat(probe.ask(image("one:v1"), TEAM).verdict()).isEqualTo(Verdict.OK);
            assertThat(probe.ask(image("two:v1"), TEAM).verdict()).isEqualTo(Verdict.OK);
        }
    }

    /** The container runtime does the same: it is challenged for each image. */
    @Test
    void shouldNotSendALoginForAnImageThatIsOpenToAll() {
        try (Loopback registry = new Loopback(exchange -> {
                    boolean open = exchange.getRequestURI().getPath().startsWith("/v2/open/");
                    boolean shown = exchange.getRequestHeaders().containsKey("Authorization");
                    Map<String, String> basic = Map.of("WWW-Authenticate", "Basic realm=\"test\"");
                    Loopback.answer(exchange, open && !shown ? 200 : 401, basic, "");
                });
                RegistryProbe probe = probe(registry)) {
            assertThat(probe.ask(image("private/image:v1"), TEAM).verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(probe.ask(image("open/image:v1"), TEAM).verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void shouldAskAnUnreachableRegistryOnce() {
        try (RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            for (int i = 0; i < 5; i++) {
                Answer answer = probe.ask(ImageReference.parse("127.0.0.1:1/team/image:v" + i), TEAM);
                assertThat(answer.verdict()).isEqualTo(Verdict.UNREACHABLE);
                assertThat(answer.explanation()).contains("127.0.0.1:1 could not be reached (connection refused)");
            }
            assertThat(probe.requests()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shouldNameTheRegistryThatNamedAnUnreachableTokenServer() {
        try (Loopback registry = new Loopback(exchange -> Loopback.answer(
                        exchange,
                        401,
                        Map.of("WWW-Authenticate", "Bearer realm=\"https://token.invalid/token\",service=\"s\""),
                        ""));
                RegistryProbe probe = probe(registry)) {
            assertThat(probe.ask(image("team/image:v1"), TEAM).explanation())
                    .startsWith("token.invalid could not be reached")
                    .endsWith(" " + HOST + " sent us there.");
        }
    }

    @Test
    void shouldSendAColonInAPasswordAsItIs() {
        Login login = new Login("team", Password.of("a:b:c"));
        assertThat(Request.basic(login)).isEqualTo("Basic dGVhbTphOmI6Yw==");
    }

    @ParameterizedTest
    @CsvSource({
        "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.c2ln, 2023-11-14T22:13:20Z",
        "eyJwYXlsb2FkIjoieCIsImV4cGlyYXRpb24iOjE3MDAwMDAwMDB9, 2023-11-14T22:13:20Z",
        "hunter2, ",
        "a.b.c, ",
        "e30.e30.e30, ",
        "e30.eyJleHAiOiJzb29uIn0.x, ",
        "e30.eyJleHAiOjllOTl9.x, ",
    })
    void shouldReportWhenATokenEnds(String token, Instant end) {
        assertThat(TokenContent.expires(token)).isEqualTo(Optional.ofNullable(end));
    }

    private static ImageReference image(String rest) {
        return ImageReference.parse(HOST + "/" + rest);
    }

    private static RegistryProbe probe(Loopback server) {
        return new RegistryProbe(
                RegistrySettings.builder().address(HOST, server.url()).build());
    }
}
