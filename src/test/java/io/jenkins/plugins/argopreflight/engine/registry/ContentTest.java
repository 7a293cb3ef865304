package io.jenkins.plugins.argopreflight.engine.registry;

import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.config;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.digest;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.entry;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.index;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.MediaTypes;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry that serves a manifest, and what it answers to the configuration that it lists. */
class ContentTest {

    private static final String CONFIG = config("amd64", "{}");
    private static final String BLOB = "a/blobs/" + digest(CONFIG);
    private static final ImageReference IMAGE = ImageReference.parse(FakeImages.HOST + "/a:1");

    private FakeImages images;

    @BeforeEach
    void start() {
        images = new FakeImages();
        images.image("a", "1", CONFIG);
    }

    @AfterEach
    void stop() {
        images.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | application/octet-stream | {}     | OK",
                "403 | application/json         | DENIED | MISSING_OR_NO_RIGHT",
                "404 | application/json         | BLOB   | NOT_FOUND",
                "404 | application/json         | ''     | NOT_FOUND",
                "403 | text/html                | <html> | OK",
                "404 | text/html                | <html> | OK",
                "401 | application/json         | NOBODY | OK",
                "429 | application/json         | SLOWLY | OK",
                "500 | application/json         | FAILED | OK",
                "503 | application/json         | FAILED | OK",
            })
    void shouldCountARefusalOfTheRegistryOnly(int status, String type, String code, Verdict verdict) {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"its own words\"}]}";
        images.put(BLOB, status, Map.of("Content-Type", type), type.equals("application/json") ? body : code);

        Answer answer = ask();
        assertThat(answer.verdict()).isEqualTo(verdict);
        assertThat(answer.contentRefused()).isEqualTo(verdict != Verdict.OK);
        if (answer.contentRefused()) {
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.explanation())
                    .startsWith("registry.example.com serves the manifest of registry.example.com/a:1")
                    .contains("(it says: its own words)")
                    .endsWith(".");
        }
    }

    /** A runtime gets another token where its own has expired. */
    @ParameterizedTest
    @CsvSource({"insufficient_scope, NO_RIGHT", "invalid_token, OK"})
    void shouldCountARefusalOfTheCredential(String error, Verdict verdict) {
        Optional<Login> login = Optional.of(new Login("team", Password.of("s3cret-word")));
        String manifest = manifest(MediaTypes.OCI_MANIFEST, "application/vnd.oci.image.config.v1+json", digest(CONFIG));
        try (Loopback registry = new Loopback(exchange -> {
                    boolean blob = exchange.getRequestURI().getPath().contains("/blobs/");
                    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                        Loopback.answer(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=\"r\""), "");
                    } else if (blob) {
                        String challenge = "Bearer realm=\"https://registry.example.com/t\",error=\"" + error + "\"";
                        Loopback.answer(exchange, 401, Map.of("WWW-Authenticate", challenge), "{}");
                    } else {
                        Loopback.answer(exchange, 200, Map.of("Content-Type", MediaTypes.OCI_MANIFEST), manifest);
                    }
                });
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address(FakeImages.HOST, registry.url())
                        .build())) {
            Answer served = probe.ask(IMAGE, login);
            assertThat(probe.contentAsync(IMAGE, login, served).join().verdict())
                    .isEqualTo(verdict);
        }
    }

    /** Storage can let the nodes in and not this machine, and its address can be one that is not asked. */
    @ParameterizedTest
    @CsvSource({
        "403, storage.example.com",
        "404, storage.example.com",
        "403, registry.example.com:9000",
        "403, 10.0.0.1",
        "404, 169.254.169.254"
    })
    void shouldNotCountWhatStorageAnswers(int status, String host) {
        images.put(BLOB, 307, Map.of("Location", "https://" + host + "/b?sig=1"), "");
        try (Loopback storage = new Loopback(exchange -> Loopback.answer(exchange, status, Map.of(), "AccessDenied"));
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address(FakeImages.HOST, images.server().url())
                        .address("storage.example.com", storage.url())
                        .address(FakeImages.HOST + ":9000", storage.url())
                        .allowedHosts(name -> name.endsWith(".example.com"))
                        .build())) {
            assertThat(ask(probe).verdict()).isEqualTo(Verdict.OK);
        }
    }

    /** Nodes of the other platform pull the image; who is refused is refused for all. */
    @ParameterizedTest
    @CsvSource({"404, OK", "403, MISSING_OR_NO_RIGHT"})
    void shouldNotCountAPlatformThatIsMissingBesideOthers(int status, Verdict verdict) {
        String amd = entry(digest("not there"), "linux/amd64");
        String arm = entry(images.image("a", "arm", config("arm64", "{}")), "linux/arm64");
        images.put("a/manifests/1", MediaTypes.OCI_INDEX, index(amd, arm));
        images.put(
                "a/manifests/" + digest("not there"),
                status,
                Map.of("Content-Type", "application/json"),
                "{\"errors\":[{\"code\":\"REFUSED\"}]}");

        assertThat(ask().verdict()).isEqualTo(verdict);
    }

    @Test
    void shouldCountTheOnlyPlatformOfAnIndex() {
        String amd = entry(digest("not there"), "linux/amd64");
        images.put("a/manifests/1", MediaTypes.OCI_INDEX, index(amd, entry(digest("x"), "unknown/unknown")));

        assertThat(ask().verdict()).isEqualTo(Verdict.NOT_FOUND);
    }

    @Test
    void shouldAskNoMoreThanTheConfigurationCosts() {
        try (RegistryProbe probe = images.probe()) {
            ask(probe);
            assertThat(probe.configAsync(IMAGE, Optional.empty()).join().ifKnown())
                    .isPresent();
            assertThat(probe.requests()).isEqualTo(3);
        }
    }

    private Answer ask() {
        try (RegistryProbe probe = images.probe()) {
            return ask(probe);
        }
    }

    private static Answer ask(RegistryProbe probe) {
        Answer served = probe.ask(IMAGE, Optional.empty());
        assertThat(served.verdict()).isEqualTo(Verdict.OK);
        return probe.contentAsync(IMAGE, Optional.empty(), served).join();
    }
}
