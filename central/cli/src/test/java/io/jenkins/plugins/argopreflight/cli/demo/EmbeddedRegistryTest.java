package io.jenkins.plugins.argopreflight.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedRegistryTest {

    private static final String NAME = "registry.example.com";

    private final DemoAccounts accounts = new DemoAccounts()
            .put("team", Password.of("s3cret"), "team/")
            .put("guest", Password.of("guest"), "guests/");
    private final Images images = new Images().add("team/image", "v1.2").add("public/tool", "1");

    @ParameterizedTest
    @CsvSource({
        "team/image:v1.2, team, s3cret, OK",
        "team/image:v1.2, '', '', MISSING_OR_NO_RIGHT",
        "team/image:v1.2, team, wrong, REJECTED",
        "team/image:v1.2, guest, guest, NO_RIGHT",
        "team/image:v9, team, s3cret, NOT_FOUND",
        "public/tool:1, '', '', OK",
        "public/tool:1, team, wrong, REJECTED",
    })
    void shouldAnswerAsRegistriesDo(String path, String user, String password, String verdict) {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(NAME, accounts, images);
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address(NAME, URI.create(registry.url()))
                        .build())) {
            Optional<Login> login =
                    user.isEmpty() ? Optional.empty() : Optional.of(new Login(user, Password.of(password)));
            Answer answer = probe.ask(ImageReference.parse(NAME + "/" + path), login);
            assertThat(answer.verdict().name()).as(answer.toString()).isEqualTo(verdict);
            assertThat(registry.requests()).isPositive();
        }
    }

    @Test
    void shouldRefuseATokenForAnotherRepositoryAndAForgedOne() throws IOException, InterruptedException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start("", accounts, images)) {
            String manifest = registry.url() + "/v2/team/image/manifests/v1.2";
            assertThat(get(manifest, "")
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow())
                    .isEqualTo("Bearer realm=\"" + registry.url() + "/token\",service=\""
                            + registry.url().substring(7) + "\",scope=\"repository:team/image:pull\"");
            String anonymous = token(registry, "repository:public/tool:pull", "");
            assertThat(get(manifest, "Bearer " + anonymous)
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow())
                    .endsWith("error=\"insufficient_scope\"");
            String team = token(registry, "repository:team/image:pull", "Basic dGVhbTpzM2NyZXQ=");
            assertThat(get(manifest, "Bearer " + team).statusCode()).isEqualTo(200);
            String forged = team.substring(0, team.length() - 2) + (team.endsWith("AA") ? "BB" : "AA");
            assertThat(get(manifest, "Bearer " + forged)
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow())
                    .endsWith("error=\"invalid_token\"");
        }
    }

    private static String token(EmbeddedRegistry registry, String scope, String authorization)
            throws IOException, InterruptedException {
        String body = get(registry.url() + "/token?service=x&scope=" + scope, authorization)
                .body();
        return body.replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private static HttpResponse<String> get(String url, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
