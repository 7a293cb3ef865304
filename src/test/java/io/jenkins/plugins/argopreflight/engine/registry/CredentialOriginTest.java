package io.jenkins.plugins.argopreflight.engine.registry;

import static io.jenkins.plugins.argopreflight.testing.server.RawServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Registries that lead a login or a token to another origin, or repeat it: nothing of it leaves its own origin. */
class CredentialOriginTest {

    private static final String CANARY = "c4n4ry-in-a-coal-mine";
    private static final Login LOGIN = new Login("team", Password.of(CANARY));
    private static final String BASIC64 = Base64.getEncoder().encodeToString(("team:" + CANARY).getBytes());
    private static final ImageReference IMAGE = ImageReference.parse("registry.example.com/team/image:v1.2");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

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
        return TestNames.settings().timeout(TIMEOUT).address("registry.example.com", server.url());
    }

    private static RawServer.Writer answering(String answer) {
        return (request, out) -> text(out, answer);
    }
}
