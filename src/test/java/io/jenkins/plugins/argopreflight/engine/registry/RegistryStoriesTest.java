package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registries of recorded stories: what the file says, and what the node's runtime said of the same image. */
@ExtendWith(InRun.class)
class RegistryStoriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Optional<Login> TEAM = Optional.of(new Login("team", Password.of("s3cret")));
    private static final Optional<Login> WRONG = Optional.of(new Login("team", Password.of("0ld-s3cret")));
    private static final Pattern FAILED = Pattern.compile("(?s)Failed to pull image \"([^\"]+)\": (.*)");

    /** The meaning of a runtime's words for the pull without credentials, and with a valid credential. */
    private static final Map<Pattern, List<Set<Verdict>>> MEANING = Map.of(
            Pattern.compile("no such host|connection refused"),
            List.of(EnumSet.of(Verdict.UNREACHABLE), EnumSet.of(Verdict.UNREACHABLE)),
            Pattern.compile("x509: |HTTP response to HTTPS client"),
            List.of(EnumSet.of(Verdict.TLS), EnumSet.of(Verdict.TLS)),
            Pattern.compile("no match for platform"),
            List.of(EnumSet.of(Verdict.OK, Verdict.MISSING_OR_NO_RIGHT), EnumSet.of(Verdict.OK)),
            Pattern.compile("(?<!platform in manifest .{0,80}): not found"),
            List.of(EnumSet.of(Verdict.NOT_FOUND, Verdict.MISSING_OR_NO_RIGHT), EnumSet.of(Verdict.NOT_FOUND)),
            Pattern.compile("no basic auth credentials|401 Unauthorized|insufficient_scope"),
            List.of(EnumSet.of(Verdict.MISSING_OR_NO_RIGHT), EnumSet.of(Verdict.OK)));

    @Test
    void shouldAnswerForEveryImageOfTheFile() throws IOException {
        int images = 0;
        for (Path story : Stories.with("before/registry.json")) {
            Path file = story.resolve("before/registry.json");
            RegistrySnapshot snapshot = RegistrySnapshot.read(file, RegistrySettings.defaults());
            for (JsonNode registry : JSON.readTree(file.toFile()).path("registries")) {
                for (JsonNode repository : registry.path("repositories")) {
                    for (JsonNode tag : repository.path("tags")) {
                        check(snapshot, registry, repository, tag);
                        images++;
                    }
                }
            }
        }
        assertThat(images).isGreaterThan(5000);
    }

    private static void check(RegistrySnapshot snapshot, JsonNode registry, JsonNode repository, JsonNode tag) {
        String host = registry.path("registry").asText();
        String name = host + "/" + repository.path("repository").asText();
        String image = name + ":" + tag.path("tag").asText();
        boolean open = repository.path("anonymousPull").asBoolean();
        boolean none = registry.path("authentication").asText().equals("none");
        if (!host.startsWith("127.")) {
            assertThat(verdict(snapshot, image, TEAM)).isEqualTo(Verdict.TLS);
            return;
        }
        assertThat(verdict(snapshot, image, TEAM)).isEqualTo(Verdict.OK);
        assertThat(verdict(snapshot, name + "@" + tag.path("digest").asText(), TEAM))
                .isEqualTo(Verdict.OK);
        assertThat(verdict(snapshot, image, Optional.empty()))
                .isEqualTo(open ? Verdict.OK : Verdict.MISSING_OR_NO_RIGHT);
        assertThat(verdict(snapshot, image, WRONG)).isEqualTo(none ? Verdict.OK : Verdict.REJECTED);
        assertThat(verdict(snapshot, name + ":nosuchtag", TEAM)).isEqualTo(Verdict.NOT_FOUND);
        ImageConfig config = snapshot.configAsync(ImageReference.parse(image), TEAM)
                .join()
                .ifKnown()
                .orElseThrow();
        assertThat(config.platforms()).hasSize(tag.path("platforms").size());
        assertThat(config.user()).isEqualTo(tag.path("config").path("User").asText(""));
        assertThat(config.entrypoint())
                .hasSize(tag.path("config").path("Entrypoint").size());
    }

    @Test
    void shouldAgreeWithWhatTheRuntimeSaid() throws IOException {
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (Path story : Stories.with("after/events.yaml")) {
            RegistrySnapshot snapshot = RegistrySnapshot.read(
                    RegistrySnapshot.find(story.resolve("before")).orElseThrow(), RegistrySettings.defaults());
            for (Document event : new ManifestReader().read(story.resolve("after/events.yaml"))) {
                Matcher failed = FAILED.matcher(event.root().path("message").asText());
                for (Map.Entry<Pattern, List<Set<Verdict>>> meaning : MEANING.entrySet()) {
                    if (failed.matches()
                            && meaning.getKey().matcher(failed.group(2)).find()) {
                        compared++;
                        Verdict anonymous = verdict(snapshot, failed.group(1), Optional.empty());
                        Verdict team = verdict(snapshot, failed.group(1), TEAM);
                        if (!meaning.getValue().get(0).contains(anonymous)
                                || !meaning.getValue().get(1).contains(team)) {
                            different.add(story.getFileName() + ": " + anonymous + ", " + team + ", but it said "
                                    + failed.group(2));
                        }
                    }
                }
            }
        }
        System.out.println("Registries of stories: " + compared + " messages of the runtime compared");
        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(20);
    }

    private static Verdict verdict(RegistrySnapshot snapshot, String image, Optional<Login> login) {
        try {
            return snapshot.askAsync(ImageReference.parse(image), login).join().verdict();
        } catch (InvalidImageException e) {
            return Verdict.INVALID;
        }
    }
}
