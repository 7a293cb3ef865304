package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.Platform;
import io.jenkins.plugins.argopreflight.engine.registry.probe.ConfigContent;
import io.jenkins.plugins.argopreflight.engine.registry.probe.ManifestContent;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.probe.TagsQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.probe.Unreadable;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.MediaTypes;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Registries that answer anything: every question still ends with a value. */
@Timeout(1800)
@Tag("fuzz")
@ExtendWith(InRun.class)
class RegistryFuzzTest {

    private static final int CASES = Integer.getInteger("argopreflight.fuzz", 10_000);
    private static final String TAGS = "{\"name\":\"team/image\",\"tags\":[\"1\",\"v1.2\"]}";
    private static final String[] TYPES = {
        MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_LIST, "application/json", "text/html", ""
    };
    private static final String CONFIG =
            FakeImages.config("amd64", "{\"User\":\"app\",\"Entrypoint\":[\"/bin/sh\"],\"Cmd\":null}");
    private static final String MANIFEST = FakeImages.manifest(
            MediaTypes.OCI_MANIFEST, "application/vnd.oci.image.config.v1+json", FakeImages.digest(CONFIG));
    private static final String INDEX = FakeImages.index(
            FakeImages.entry(FakeImages.digest(MANIFEST), "linux/amd64"),
            FakeImages.entry(FakeImages.digest(CONFIG), "unknown/unknown"));

    private final Random random = new Random(20261125);

    @Test
    void shouldReadAnyAnswerOrSayWhyNot() {
        int read = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] body = mutated(List.of(INDEX, MANIFEST, CONFIG, TAGS).get(i % 4));
            try {
                if (i % 4 == 3) {
                    assertThat(TagsQuestion.tags(body)).doesNotContainNull();
                } else if (i % 4 == 2) {
                    ConfigContent.of(body).platform().ifPresent(Platform::parse);
                } else {
                    ManifestContent content = ManifestContent.of(TYPES[random.nextInt(TYPES.length)], body);
                    assertThat(content.entries())
                            .isNotEmpty()
                            .allMatch(entry -> entry.digest().matches("sha\\d+:\\w+"));
                }
                read++;
            } catch (Unreadable e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
            }
        }
        assertThat(read).isBetween(CASES / 20, CASES);
    }

    @Test
    void shouldEndEveryQuestionWhateverIsAnswered() {
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        AtomicReference<String> type = new AtomicReference<>("");
        try (Loopback server = new Loopback(exchange -> {
            boolean own = exchange.getRequestURI().getPath().endsWith("/manifests/1");
            String answer = new String(body.get(), StandardCharsets.ISO_8859_1);
            boolean blob = exchange.getRequestURI().getPath().contains("/blobs/");
            Loopback.answer(
                    exchange,
                    200,
                    Map.of("Content-Type", type.get()),
                    own || exchange.getRequestURI().getPath().endsWith("/list") ? answer : blob ? CONFIG : MANIFEST);
        })) {
            int known = 0;
            RegistrySettings settings = RegistrySettings.builder()
                    .address(FakeImages.HOST, server.url())
                    .timeout(Duration.ofSeconds(20))
                    .build();
            try (RegistryProbe probe = new RegistryProbe(settings)) {
                for (int i = 0; i < CASES / 10; i++) {
                    body.set(mutated(List.of(INDEX, MANIFEST, TAGS).get(i % 3)));
                    type.set(TYPES[random.nextInt(TYPES.length)]);
                    ImageReference image = ImageReference.parse(FakeImages.HOST + "/team/image-" + i + ":1");
                    Fact<?> fact = i % 3 == 2
                            ? probe.tagsAsync(image, Optional.empty()).join()
                            : probe.configAsync(image, Optional.empty()).join();
                    known += fact.ifKnown().isPresent() ? 1 : 0;
                    if (fact instanceof Fact.Unknown<?> unknown) {
                        assertThat(unknown.reason()).contains(FakeImages.HOST).doesNotContain("unforeseen", "\n");
                    }
                }
            }
            assertThat(known).isPositive();
        }
    }

    @Test
    void shouldReadAnyFileOrRefuseIt() {
        String file = """
            {"registries": [{"registry": "a.example.com", "scheme": "https", "authentication": "bearer",
             "certificate": null, "note": null, "validCredentials": [{"username": "team", "password": "s3cret-word"}],
             "repositories": [{"repository": "team/image", "anonymousPull": true, "tags": [{"tag": "1",
             "digest": "sha256:00", "platforms": ["linux/amd64"], "config": {"Entrypoint": ["a"], "User": "1"}}]}]}],
             "unreachable": ["b.example.com"]}\
            """;
        ImageReference image = ImageReference.parse("a.example.com/team/image:1");
        int read = 0;
        for (int i = 0; i < CASES / 5; i++) {
            String text = new String(mutated(file), StandardCharsets.ISO_8859_1);
            try {
                var documents = new ManifestReader().read("registry.json", text);
                if (documents.size() == 1) {
                    RegistrySnapshot snapshot = new RegistrySnapshot(documents.get(0), RegistrySettings.defaults());
                    assertThat(snapshot.askAsync(image, Optional.empty()).join().explanation())
                            .isNotBlank();
                    assertThat(snapshot.configAsync(image, Optional.empty()).join())
                            .isNotNull();
                    read++;
                }
            } catch (ManifestException e) {
                assertThat(e.getMessage()).startsWith("registry.json:").doesNotContain("\n");
            }
        }
        assertThat(read).isBetween(CASES / 100, CASES);
    }

    /** Bytes changed, dropped, doubled; a word put in another's place; the end cut off. */
    private byte[] mutated(String text) {
        StringBuilder changed = new StringBuilder(text);
        String[] words = {"null", "[]", "{}", "\"\"", "-1", "1e999", "true", "\"\\u0000\"", "\"../..\"", "[[[[[["};
        for (int n = random.nextInt(4); n >= 0 && changed.length() > 2; n--) {
            int at = random.nextInt(changed.length() - 1);
            switch (random.nextInt(6)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
                case 1 -> changed.deleteCharAt(at);
                case 2 ->
                    changed.insert(at, changed.substring(at, Math.min(changed.length(), at + random.nextInt(40))));
                case 3 -> {
                    int colon = changed.indexOf(":", at);
                    int end = colon < 0 ? -1 : changed.indexOf(",", colon);
                    if (end > 0) {
                        changed.replace(colon + 1, end, words[random.nextInt(words.length)]);
                    }
                }
                case 4 -> {
                    if (random.nextInt(5) == 0) {
                        changed.setLength(at);
                    }
                }
                default -> {
                    // As it was.
                }
            }
        }
        return changed.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
