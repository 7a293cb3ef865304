package io.jenkins.plugins.argopreflight.engine.registry;

import static io.jenkins.plugins.argopreflight.engine.registry.RawServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileRegistryTest {

    private static final String CANARY = "c4n4ry-in-a-coal-mine";
    private static final Login LOGIN = new Login("team", Password.of(CANARY));
    private static final String BASIC64 = Base64.getEncoder().encodeToString(("team:" + CANARY).getBytes());
    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com/team/image:v1.2");
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments(
                        "a redirect loop",
                        Verdict.UNKNOWN,
                        "redirects without end",
                        answering("HTTP/1.1 307 Temporary Redirect\nLocation: /v2/again\nContent-Length: 0\n\n")),
                arguments(
                        "a redirect to a metadata address",
                        Verdict.UNKNOWN,
                        "metadata address 169.254.169.254",
                        answering(
                                "HTTP/1.1 302 Found\nLocation: https://169.254.169.254/latest/meta-data\nContent-Length: 0\n\n")),
                arguments(
                        "a redirect to plain http",
                        Verdict.UNKNOWN,
                        "from https to plain http",
                        answering(
                                "HTTP/1.1 302 Found\nLocation: http://registry.example.com/v2/\nContent-Length: 0\n\n")),
                arguments(
                        "a redirect to a file",
                        Verdict.UNKNOWN,
                        "without a plain host",
                        answering("HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n")),
                arguments(
                        "a redirect to garbage",
                        Verdict.UNKNOWN,
                        "not a URL",
                        answering("HTTP/1.1 302 Found\nLocation: https://a b\\c\nContent-Length: 0\n\n")),
                arguments(
                        "a realm on a metadata address",
                        Verdict.UNKNOWN,
                        "metadata address 169.254.169.254",
                        challenging("Bearer realm=\"https://169.254.169.254/token\"")),
                arguments(
                        "a realm on a metadata name",
                        Verdict.UNKNOWN,
                        "metadata service",
                        challenging("Bearer realm=\"https://metadata.google.internal./token\"")),
                arguments(
                        "a realm on AWS' IPv6 metadata",
                        Verdict.UNKNOWN,
                        "metadata address",
                        challenging("Bearer realm=\"https://[fd00:ec2::254]/token\"")),
                arguments(
                        "a realm on an IPv6 link-local address",
                        Verdict.UNKNOWN,
                        "metadata address",
                        challenging("Bearer realm=\"https://[fe80::1]/token\"")),
                arguments(
                        "a realm on a mapped IPv4 address",
                        Verdict.UNKNOWN,
                        "metadata address",
                        challenging("Bearer realm=\"https://[::ffff:169.254.169.254]/token\"")),
                arguments(
                        "a realm on this machine",
                        Verdict.UNKNOWN,
                        "this machine's own address 127.0.0.1",
                        challenging("Bearer realm=\"https://127.0.0.1:8080/token\"")),
                arguments(
                        "a realm on this machine by another name",
                        Verdict.UNKNOWN,
                        "this machine's own address",
                        challenging("Bearer realm=\"https://rebound.example.com/token\"")),
                arguments(
                        "a realm whose name resolves to metadata",
                        Verdict.UNKNOWN,
                        "metadata address 169.254.169.254",
                        challenging("Bearer realm=\"https://evil.example.com/token\"")),
                arguments(
                        "a plain http realm",
                        Verdict.UNKNOWN,
                        "the password would be readable on the network",
                        challenging("Bearer realm=\"http://auth.example.com/token\"")),
                arguments(
                        "a realm that is no URL",
                        Verdict.UNKNOWN,
                        "whose realm is not a URL",
                        challenging("Bearer realm=\"::::\"")),
                arguments(
                        "a realm with user info",
                        Verdict.UNKNOWN,
                        "whose realm is not a URL",
                        challenging("Bearer realm=\"https://registry.example.com@evil.example.com/\"")),
                arguments(
                        "a realm of another protocol",
                        Verdict.UNKNOWN,
                        "whose realm is not a URL",
                        challenging("Bearer realm=\"gopher://auth.example.com/\"")),
                arguments(
                        "a realm on no port",
                        Verdict.UNREACHABLE,
                        "ports end at 65535",
                        challenging("Bearer realm=\"https://registry.example.com:99999/token\"")),
                arguments(
                        "a realm with a query and a fragment",
                        Verdict.UNREACHABLE,
                        "no such host",
                        challenging("Bearer realm=\"https://absent.example.com/token?a=b#c\"")),
                arguments(
                        "a 401 without a challenge",
                        Verdict.MISSING_OR_NO_RIGHT,
                        "without credentials",
                        answering("HTTP/1.1 401 Unauthorized\nContent-Length: 0\n\n")),
                arguments(
                        "a proxy's status without a proxy",
                        Verdict.UNKNOWN,
                        "HTTP 407",
                        answering("HTTP/1.1 407 Proxy\nContent-Length: 0\n\n")),
                arguments(
                        "a switch of protocols",
                        Verdict.UNREACHABLE,
                        "could not be reached",
                        answering("HTTP/1.1 101 Switching Protocols\nUpgrade: h2c\nConnection: Upgrade\n\n")),
                arguments("endless early hints", Verdict.UNREACHABLE, "could not be reached", hints()),
                arguments("a token without end", Verdict.UNKNOWN, "answered without a token", endlessToken()),
                arguments(
                        "a token that would be a header of its own",
                        Verdict.UNKNOWN,
                        "answered without a token",
                        token("{\"token\":\"x\\r\\nX-Evil: yes\"}")),
                arguments(
                        "a token server that sends no JSON",
                        Verdict.UNKNOWN,
                        "answered without a token",
                        token("<html>welcome</html>")),
                arguments(
                        "a token of another type",
                        Verdict.UNKNOWN,
                        "answered without a token",
                        token("{\"token\":{\"a\":[1]},\"access_token\":[]}")),
                arguments(
                        "a hundred challenges",
                        Verdict.MISSING_OR_NO_RIGHT,
                        "without credentials",
                        challenging("Digest realm=\"x\", ".repeat(100) + "Digest a=b")),
                arguments(
                        "a challenge of garbage",
                        Verdict.MISSING_OR_NO_RIGHT,
                        "without credentials",
                        challenging("=,=\"\\\\\"\"\",,,, ,;{}".repeat(400))),
                arguments("a header bomb", Verdict.UNREACHABLE, "headers or chunk sizes larger than 64 KiB", bomb()),
                arguments("silence", Verdict.UNREACHABLE, "i/o timeout after 1500 ms", (RawServer.Writer)
                        (request, out) -> Thread.sleep(20_000)),
                arguments("slow headers", Verdict.UNREACHABLE, "i/o timeout", trickling("HTTP/1.1 200 OK\n")),
                arguments(
                        "a slow body of an error",
                        Verdict.NOT_FOUND,
                        "has no tag v1.2",
                        trickling("HTTP/1.1 404 Not Found\nContent-Length: 100000\n\n{")),
                arguments(
                        "a lying Content-Length",
                        Verdict.NOT_FOUND,
                        "has no tag v1.2",
                        answering("HTTP/1.1 404 Not Found\nContent-Length: 99999\n\n{\"errors\":[")),
                arguments(
                        "an impossible Content-Length",
                        Verdict.NOT_FOUND,
                        "has no tag v1.2",
                        answering("HTTP/1.1 404 Not Found\nContent-Length: -7\n\n{}")),
                arguments("an endless body", Verdict.NOT_FOUND, "has no tag v1.2", endless()),
                arguments(
                        "deep JSON",
                        Verdict.NOT_FOUND,
                        "has no tag v1.2",
                        answering("HTTP/1.1 404 Not Found\nConnection: close\n\n" + "{\"a\":".repeat(9000))),
                arguments(
                        "control characters",
                        Verdict.NOT_FOUND,
                        "it says: a [31mb c",
                        answering("HTTP/1.1 404 Not Found\nContent-Type: application/json\nConnection: close\n\n"
                                + "{\"errors\":[{\"message\":\"a\\u001b[31mb\\u0000\\u202e\\nc\"}]}")),
                arguments("no HTTP", Verdict.UNREACHABLE, "could not be reached", answering("SSH-2.0-OpenSSH_9.2\n\n")),
                arguments(
                        "a status of nonsense",
                        Verdict.UNKNOWN,
                        "HTTP 999",
                        answering("HTTP/1.1 999 What\nContent-Length: 0\n\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void shouldEndInTimeWithOneClearSentence(String what, Verdict verdict, String sentence, RawServer.Writer writer)
            throws Exception {
        try (RawServer server = new RawServer(writer);
                RegistryProbe probe = new RegistryProbe(settings(server))) {
            long start = System.nanoTime();
            Answer answer = probe.ask(IMAGE, Optional.of(LOGIN));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(2));
            assertThat(answer.verdict()).as("%s", answer).isEqualTo(verdict);
            assertThat(answer.explanation())
                    .contains(sentence)
                    .contains("registry.example.com")
                    .endsWith(".")
                    .hasSizeLessThan(900)
                    .doesNotContainPattern("\\p{Cntrl}");
            assertThat(answer.toString()).doesNotContain(CANARY).doesNotContain(BASIC64);
            assertThat(server.requests())
                    .filteredOn(r -> !r.startsWith("GET /token"))
                    .noneMatch(r -> r.contains(BASIC64) || r.contains(CANARY));
        }
    }

    @Test
    void shouldNotTakeACredentialToAnotherOrigin() throws Exception {
        try (RawServer other = new RawServer(answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
                RawServer registry = new RawServer(
                        (request, out) -> text(
                                out,
                                request.contains(BASIC64)
                                        ? "HTTP/1.1 307 Temporary Redirect\nLocation: https://cdn.example.com/x\nContent-Length: 0\n\n"
                                        : "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0\n\n"));
                RegistryProbe probe = new RegistryProbe(builder(registry)
                        .address("cdn.example.com", other.url())
                        .build())) {
            Answer answer = probe.ask(IMAGE, Optional.of(LOGIN));

            assertThat(answer.verdict()).isEqualTo(Verdict.OK);
            assertThat(registry.requests()).anyMatch(r -> r.contains(BASIC64));
            assertThat(other.requests()).hasSize(1).noneMatch(r -> r.contains("Authorization"));
        }
    }

    @Test
    void shouldKeepACredentialWithinItsOrigin() throws Exception {
        try (RawServer registry = new RawServer((request, out) -> text(
                        out,
                        !request.contains(BASIC64)
                                ? "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0\n\n"
                                : request.contains("/moved")
                                        ? "HTTP/1.1 200 OK\nContent-Length: 0\n\n"
                                        : "HTTP/1.1 301 Moved\nLocation: /moved\nContent-Length: 0\n\n"));
                RegistryProbe probe = new RegistryProbe(settings(registry))) {
            assertThat(probe.ask(IMAGE, Optional.of(LOGIN)).verdict()).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void shouldNotSendATokenToAnotherOrigin() throws Exception {
        try (RawServer other = new RawServer(answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
                RawServer registry = new RawServer((request, out) -> text(
                        out,
                        request.contains("/token")
                                ? "HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 21\n\n{\"token\":\"t0k3n-abc\"}"
                                : request.contains("t0k3n-abc")
                                        ? "HTTP/1.1 307 Away\nLocation: https://cdn.example.com/\nContent-Length: 0\n\n"
                                        : "HTTP/1.1 401 No\nWWW-Authenticate: Bearer realm=\"https://registry.example.com/token\"\n"
                                                + "Content-Length: 0\n\n"));
                RegistryProbe probe = new RegistryProbe(builder(registry)
                        .address("cdn.example.com", other.url())
                        .build())) {
            assertThat(probe.ask(IMAGE, Optional.of(LOGIN)).verdict()).isEqualTo(Verdict.OK);
            assertThat(other.requests()).hasSize(1).noneMatch(r -> r.contains("t0k3n-abc"));
        }
    }

    @Test
    void shouldTakeOutWhatARegistryEchoes() throws Exception {
        try (RawServer registry = new RawServer((request, out) -> text(
                        out,
                        "HTTP/1.1 401 No\nWWW-Authenticate: Basic realm=\"x\"\nContent-Type: application/json\nConnection: close\n\n{\"errors\":[{\"code\":\""
                                + BASIC64 + "\",\"message\":\"password " + CANARY + " of " + BASIC64
                                + " is wrong\"}]}"));
                RegistryProbe probe = new RegistryProbe(settings(registry))) {
            Answer answer = probe.ask(IMAGE, Optional.of(LOGIN));

            assertThat(answer.message()).isEqualTo("password *** of *** is wrong");
            assertThat(answer.toString()).doesNotContain(CANARY).doesNotContain(BASIC64);
        }
    }

    @Test
    void shouldNotAskWhatTheAdministratorForbids() throws Exception {
        try (RawServer registry = new RawServer(answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
                RegistryProbe probe = new RegistryProbe(builder(registry)
                        .allowedHosts(host -> host.endsWith(".internal"))
                        .build())) {
            Answer answer = probe.ask(IMAGE, Optional.of(LOGIN));

            assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(answer.explanation()).contains("the administrator does not allow registry.example.com");
            assertThat(registry.requests()).isEmpty();
        }
    }

    private static RegistrySettings settings(RawServer server) {
        return builder(server).build();
    }

    private static RegistrySettings.Builder builder(RawServer server) {
        return RegistrySettings.builder()
                .timeout(TIMEOUT)
                .address("registry.example.com", server.url())
                .resolver(TestNames::resolve);
    }

    private static RawServer.Writer answering(String answer) {
        return (request, out) -> text(out, answer);
    }

    private static RawServer.Writer challenging(String challenge) {
        return answering("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: " + challenge + "\nContent-Length: 0\n\n");
    }

    private static RawServer.Writer bomb() {
        return (request, out) -> {
            text(out, "HTTP/1.1 200 OK\n");
            for (int i = 0; i < 200_000; i++) {
                text(out, "X-Bomb-" + i + ": " + "x".repeat(1000) + "\n");
            }
        };
    }

    private static RawServer.Writer hints() {
        return (request, out) -> {
            for (int i = 0; i < 200; i++) {
                text(out, "HTTP/1.1 103 Early Hints\n\n");
                Thread.sleep(20);
            }
        };
    }

    /** A token server of the registry's own origin, to which the credential may go. */
    private static RawServer.Writer token(String body) {
        return (request, out) -> text(
                out,
                request.startsWith("GET /token")
                        ? "HTTP/1.1 200 OK\nContent-Type: application/json\nConnection: close\n\n" + body
                        : "HTTP/1.1 401 No\nWWW-Authenticate: Bearer realm=\"https://registry.example.com/token\"\n"
                                + "Content-Length: 0\n\n");
    }

    private static RawServer.Writer endlessToken() {
        return token("{\"token\":\"" + "x".repeat(10_000_000));
    }

    private static RawServer.Writer trickling(String start) {
        return (request, out) -> {
            text(out, start);
            drip(out, "x");
        };
    }

    private static RawServer.Writer endless() {
        return (request, out) -> {
            text(out, "HTTP/1.1 404 Not Found\nContent-Length: 99999999999\n\n");
            for (int i = 0; i < 100_000; i++) {
                text(out, "x".repeat(10_000));
            }
        };
    }

    private static void drip(OutputStream out, String drop) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            text(out, drop);
            Thread.sleep(100);
        }
    }
}
