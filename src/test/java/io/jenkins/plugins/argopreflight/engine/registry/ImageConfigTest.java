package io.jenkins.plugins.argopreflight.engine.registry;

import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.config;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.digest;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.entry;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.index;
import static io.jenkins.plugins.argopreflight.engine.registry.FakeImages.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.MediaTypes;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageConfigTest {

    private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String SHELL =
            "{\"User\":\"1000:1000\",\"Entrypoint\":[\"/bin/sh\",\"-c\"],\"Cmd\":[\"a\\nb\"]}";
    private static final ImageConfig EXPECTED =
            new ImageConfig(List.of("linux/amd64"), false, "1000:1000", List.of("/bin/sh", "-c"), List.of("a\nb"));

    private final FakeImages images = new FakeImages();

    @Test
    void shouldReadAPlainImage() {
        images.image("a", "1", config("amd64", SHELL));

        assertThat(ask("a:1")).isEqualTo(Fact.known(EXPECTED));
        assertThat(images.server().seen()).extracting(Loopback.Seen::method).containsExactly("HEAD", "GET", "GET");
    }

    @Test
    void shouldReadTheUsualPlatformOfAnIndexAndReportThemAll() {
        String arm = images.image("a", "arm", config("arm64", "{}"));
        String amd = images.image("a", "amd", config("amd64", SHELL));
        String attestation = entry("sha256:" + "0".repeat(64), "unknown/unknown");
        String arm7 = entry("sha256:" + "1".repeat(64), "linux/arm").replace("\"arm\"", "\"arm\",\"variant\":\"v7\"");
        images.put(
                "a/manifests/1",
                MediaTypes.OCI_INDEX,
                index(attestation, entry(arm, "linux/arm64"), arm7, entry(amd, "linux/amd64")));

        ImageConfig config = ask("a:1").ifKnown().orElseThrow();
        assertThat(config.platforms()).containsExactly("linux/arm64", "linux/arm/v7", "linux/amd64");
        assertThat(config.index()).isTrue();
        assertThat(config.user()).isEqualTo("1000:1000");
    }

    @Test
    void shouldChooseByPlatformWhateverTheEntryIs() {
        String arm = entry(images.image("a", "arm", config("arm64", SHELL)), "linux/arm64")
                .replaceFirst("}$", ",\"artifactType\":\"application/vnd.oci.image.config.v1+json\"}");
        String attestation = entry(images.image("a", "attestation", config("unknown", "{}")), "unknown/unknown");
        images.put("a/manifests/1", MediaTypes.OCI_INDEX, index(attestation, arm));
        images.put("a/manifests/2", MediaTypes.OCI_INDEX, index(attestation));

        assertThat(ask("a:1").ifKnown().orElseThrow().platforms()).containsExactly("linux/arm64");
        assertThat(ask("a:2").ifKnown().orElseThrow().platforms()).containsExactly("unknown/unknown");
    }

    @Test
    void shouldReadTheFirstOfAnIndexWithoutTheUsualPlatform() {
        String arm = images.image("a", "arm", config("arm64", SHELL));
        images.put("a/manifests/1", MediaTypes.DOCKER_LIST, index(entry(arm, "linux/arm64")));

        assertThat(ask("a:1").ifKnown().orElseThrow().platforms()).containsExactly("linux/arm64");
    }

    @Test
    void shouldTakeAPlatformThatTheIndexDoesNotReportFromTheConfiguration() {
        String arm = images.image("a", "arm", config("arm64", "null"));
        String unspecified = "{\"digest\":\"" + arm + "\"}";
        images.put("a/manifests/1", MediaTypes.OCI_INDEX, index(unspecified));
        images.put("a/manifests/2", MediaTypes.OCI_INDEX, index(unspecified, unspecified));

        assertThat(ask("a:1").ifKnown().orElseThrow().platforms()).containsExactly("linux/arm64");
        assertThat(why(ask("a:2"))).contains("does not have the platforms");
    }

    @Test
    void shouldFollowAnIndexInAnIndexButNotForEver() {
        String amd = images.image("a", "amd", config("amd64", SHELL));
        String inner = index(entry(amd, "linux/amd64"));
        String outer =
                index(entry(digest(inner), "linux/amd64").replace(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX));
        String more = index(entry(digest(outer), "linux/amd64").replace(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX));
        images.put("a/manifests/" + digest(inner), MediaTypes.OCI_INDEX, inner)
                .put("a/manifests/" + digest(outer), MediaTypes.OCI_INDEX, outer)
                .put("a/manifests/outer", MediaTypes.OCI_INDEX, outer)
                .put("a/manifests/more", MediaTypes.OCI_INDEX, more);

        assertThat(ask("a:outer").ifKnown().orElseThrow().cmd()).containsExactly("a\nb");
        assertThat(why(ask("a:more"))).contains("lists an index that lists an index");
    }

    static Stream<Arguments> useless() {
        String config = config("amd64", "{}");
        String manifest = manifest(MediaTypes.OCI_MANIFEST, OCI_CONFIG, digest(config));
        return Stream.of(
                arguments("a web page", "text/html", "<html>", "web page"),
                arguments("schema 1", "application/vnd.docker.distribution.manifest.v1+prettyjws", "{}", "schema 1"),
                arguments("no JSON", MediaTypes.OCI_MANIFEST, "no JSON", "is not JSON"),
                arguments("nothing", MediaTypes.OCI_MANIFEST, "", "not a JSON object"),
                arguments("a list", MediaTypes.OCI_MANIFEST, "[]", "not a JSON object"),
                arguments("something else", "application/json", "{}", "is of type \"application/json\""),
                arguments("an empty index", MediaTypes.OCI_INDEX, index(), "lists no image"),
                arguments("a traversal", MediaTypes.OCI_INDEX, index(entry("../../x", "a/b")), "not a digest"),
                arguments(
                        "a chart",
                        MediaTypes.OCI_MANIFEST,
                        manifest("", "application/vnd.cncf.helm.config.v1+json", digest(config)),
                        "an artifact (its configuration is of type \"application/vnd.cncf.helm.config.v1+json\")"),
                arguments("no configuration", MediaTypes.OCI_MANIFEST, manifest, "answered HTTP 404"),
                arguments("a huge one", MediaTypes.OCI_MANIFEST, " ".repeat(5 << 20), "larger than 4 MiB"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("useless")
    void shouldSayWhyAManifestHasNothing(String name, String type, String body, String why) {
        images.put("a/manifests/1", type, body);

        assertThat(why(ask("a:1"))).contains(why).contains("registry.example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"config":{"Entrypoint":"/bin/sh"}} | Entrypoint is not a list of strings
        {"config":{"Cmd":[1]}}              | Cmd is not a list of strings
        {"config":{"Cmd":{"a":"b"}}}        | Cmd is not a list of strings
        []                                  | not a JSON object
        {                                   | is not JSON
        """)
    void shouldSayWhyAConfigurationHasNothing(String config, String why) {
        images.image("a", "1", config);

        assertThat(why(ask("a:1"))).contains(why);
    }

    @Test
    void shouldNotInventAPlatform() {
        images.image("a", "1", "{\"config\":{}}");

        assertThat(ask("a:1").ifKnown().orElseThrow().platforms()).isEmpty();
    }

    @Test
    void shouldHoldContentToItsDigest() {
        String config = config("amd64", SHELL);
        images.image("a", "1", config);
        images.put("a/blobs/" + digest(config), "application/octet-stream", config.replace("amd64", "arm64"));

        assertThat(why(ask("a:1"))).contains("configuration is not what its digest says");
    }

    @Test
    void shouldFollowABlobElsewhereWithoutTheCredential() {
        String config = config("amd64", SHELL);
        Login login = new Login("team", Password.of("s3cret-word"));
        try (Loopback storage = new Loopback(exchange -> Loopback.answer(exchange, 200, Map.of(), config));
                Loopback registry = new Loopback(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                        Loopback.answer(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=\"r\""), "");
                    } else if (path.contains("/blobs/")) {
                        Loopback.answer(exchange, 307, Map.of("Location", "https://storage.example.com/b?sig=1"), "");
                    } else {
                        String manifest = manifest(MediaTypes.OCI_MANIFEST, OCI_CONFIG, digest(config));
                        Loopback.answer(exchange, 200, Map.of("Content-Type", MediaTypes.OCI_MANIFEST), manifest);
                    }
                });
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address(FakeImages.HOST, registry.url())
                        .address("storage.example.com", storage.url())
                        .build())) {
            assertThat(probe.configAsync(image("a:1"), Optional.of(login)).join())
                    .isEqualTo(Fact.known(EXPECTED));
            assertThat(storage.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.authorization()).isEmpty();
                assertThat(seen.query()).isEqualTo("sig=1");
            });
        }
    }

    private Fact<ImageConfig> ask(String image) {
        try (RegistryProbe probe = images.probe()) {
            return probe.configAsync(image(image), Optional.empty()).join();
        }
    }

    private static String why(Fact<?> fact) {
        assertThat(fact).isInstanceOf(Fact.Unknown.class);
        return ((Fact.Unknown<?>) fact).reason();
    }

    private static ImageReference image(String rest) {
        return ImageReference.parse(FakeImages.HOST + "/" + rest);
    }
}
