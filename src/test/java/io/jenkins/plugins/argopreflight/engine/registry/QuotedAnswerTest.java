package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The quotes of a registry's answer: only its own error fields are quoted, since the answer can come from another
 * service.
 */
class QuotedAnswerTest {

    private static final String CANARY = "internal-canary";
    private static final String REGISTRY = "registry.example.com";
    private static final ImageReference IMAGE = ImageReference.parse(REGISTRY + "/team/image:v1");
    private static final Optional<Login> LOGIN = Optional.of(new Login("team", Password.of("s3cret-word")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain               | internal-canary",
                "text/plain               | '{\"errors\":[{\"code\":\"internal-canary\",\"message\":\"internal-canary\"}]}'",
                "text/html                | <html><title>internal-canary</title></html>",
                "application/json         | '{\"message\":\"internal-canary\",\"error\":\"internal-canary\"}'",
                "application/json         | '{\"details\":\"internal-canary\",\"Token\":\"internal-canary\"}'",
                "application/json         | '{\"errors\":\"internal-canary\"}'",
                "application/json         | '{\"errors\":[\"internal-canary\"]}'",
                "application/json         | '{\"errors\":[{\"title\":\"internal-canary\",\"detail\":{\"a\":\"internal-canary\"}}]}'",
                "application/json         | '{\"AccessKeyId\":\"internal-canary\"'",
                "application/octet-stream | '{\"errors\":[{\"message\":\"internal-canary\"}]}'",
                "''                       | internal-canary",
            })
    void shouldQuoteNothingElse(String type, String body) {
        for (int status : new int[] {200, 400, 401, 403, 404, 418, 500, 503}) {
            assertThat(ask(status, type, body).toString()).doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "application/problem+json"})
    void shouldQuoteTheRegistrysOwnErrorFields(String type) {
        Answer answer = ask(404, type, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"no such repository\"}]}");

        assertThat(answer.code()).isEqualTo("NAME_UNKNOWN");
        assertThat(answer.message()).isEqualTo("no such repository");
        assertThat(ask(403, type, "{\"errors\":[{\"code\":\"DENIED\",\"detail\":\"not yours\"}]}")
                        .message())
                .isEqualTo("not yours");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"details\":\"incorrect username\"}', incorrect username",
        "'{\"error\":\"invalid_grant\",\"error_description\":\"token revoked\"}', token revoked",
        "'{\"error\":\"invalid_grant\"}', invalid_grant",
        "'{\"message\":\"internal-canary\"}', ''",
    })
    void shouldQuoteTheErrorFieldsOfATokenServer(String body, String message) {
        assertThat(token(401, "application/json", body).message()).isEqualTo(message);
        assertThat(token(401, "text/plain", body).message()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, OK",
        "application/json;charset=utf-8, OK",
        "text/plain, UNKNOWN",
        "text/html, UNKNOWN",
        "application/x-www-form-urlencoded, UNKNOWN",
        "'', UNKNOWN",
    })
    void shouldTakeATokenOfAJsonAnswerOnly(String type, Verdict verdict) {
        assertThat(token(200, type, "{\"token\":\"t0k3n-abc\"}").verdict()).isEqualTo(verdict);
        assertThat(token(200, type, "{\"access_token\":\"t0k3n-abc\"}").verdict())
                .isEqualTo(verdict);
    }

    @Test
    void shouldSendNothingOfAnAnswerThatIsNoTokenToTheRegistry() {
        try (Loopback server = tokens(200, "text/plain", "{\"token\":\"" + CANARY + "\"}")) {
            ask(server);

            assertThat(server.seen()).noneMatch(seen -> seen.authorization().contains(CANARY));
        }
    }

    private static Answer ask(int status, String type, String body) {
        try (Loopback server = new Loopback(exchange -> Loopback.answer(exchange, status, headers(type), body))) {
            return ask(server);
        }
    }

    private static Answer token(int status, String type, String body) {
        try (Loopback server = tokens(status, type, body)) {
            return ask(server);
        }
    }

    private static Loopback tokens(int status, String type, String body) {
        return new Loopback(exchange -> {
            String sent = exchange.getRequestHeaders().getFirst("Authorization");
            if (exchange.getRequestURI().getPath().equals("/token")) {
                Loopback.answer(exchange, status, headers(type), body);
            } else if ("Bearer t0k3n-abc".equals(sent)) {
                Loopback.answer(exchange, 200, Map.of(), "");
            } else {
                Loopback.answer(
                        exchange,
                        401,
                        Map.of("WWW-Authenticate", "Bearer realm=\"https://" + REGISTRY + "/token\""),
                        "");
            }
        });
    }

    private static Map<String, String> headers(String type) {
        return type.isEmpty() ? Map.of() : Map.of("Content-Type", type);
    }

    private static Answer ask(Loopback server) {
        try (RegistryProbe probe = new RegistryProbe(
                RegistrySettings.builder().address(REGISTRY, server.url()).build())) {
            return probe.ask(IMAGE, LOGIN);
        }
    }
}
