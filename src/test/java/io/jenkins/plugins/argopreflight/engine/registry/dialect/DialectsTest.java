package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryFixture;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.TemporaryFolder;
import io.jenkins.plugins.argopreflight.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DialectsTest {

    private static final Path ARCHIVES = ProjectRoot.path().resolve("src/test/resources/registry");

    /** Answers that registries of each kind gave, one archive for each kind: the folders of the cases have its name. */
    static List<Path> fixtures() throws IOException {
        Path folder = TemporaryFolder.create("registry");
        List<Path> cases = new ArrayList<>();
        try (Stream<Path> archives = Files.list(ARCHIVES)) {
            for (Path archive : archives.sorted().toList()) {
                String kind = archive.getFileName().toString().replace(".txtar", "");
                cases.addAll(Txtar.read(archive).unpack(folder.resolve(kind)));
            }
        }
        return cases;
    }

    @Test
    void shouldHaveSentencesWithoutTheFullStopThatComesAfterTheNotes() {
        assertThat(Stream.concat(Dialects.ALL.stream(), Stream.of(PlainDialect.PLAIN))
                        .flatMap(dialect -> dialect.rules().stream())
                        .map(Rule::sentence))
                .hasSizeGreaterThan(40)
                .noneMatch(sentence -> sentence.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldUnderstandWhatItAnswers(Path file) {
        try (RegistryFixture fixture = new RegistryFixture(file);
                RegistryProbe probe = new RegistryProbe(fixture.settings())) {
            Answer answer = probe.ask(fixture.image(), fixture.login());

            assertThat(answer.verdict().label())
                    .as("%s", answer)
                    .isEqualTo(fixture.content().path("verdict").asText());
            assertThat(answer.code()).isEqualTo(fixture.content().path("code").asText(""));
            fixture.content()
                    .path("explanation")
                    .forEach(part -> assertThat(answer.explanation()).contains(part.asText()));
            if (fixture.content().has("message")) {
                assertThat(answer.message())
                        .isEqualTo(fixture.content().path("message").asText());
            }
            assertThat(answer.explanation()).doesNotContain("{").endsWith(".").hasSizeLessThan(900);
            assertThat(answer.toString())
                    .doesNotContain(RegistryFixture.PASSWORD)
                    .doesNotContain("599");
        }
    }

    @Test
    void shouldNeverClaimAbsenceWhereTheRegistryDoesNotReport() throws Exception {
        for (String file : fixtures().stream().map(Path::toString).toList()) {
            try (RegistryFixture fixture = new RegistryFixture(Path.of(file));
                    RegistryProbe probe = new RegistryProbe(fixture.settings())) {
                Answer answer = probe.ask(fixture.image(), fixture.login());
                boolean notFound = answer.status() == 404;
                assertThat(answer.verdict() == Verdict.NOT_FOUND).as(file).isEqualTo(notFound);
            }
        }
    }

    @Test
    void shouldHaveFixturesForEveryKindOfRegistry() throws Exception {
        assertThat(fixtures().stream()
                        .map(f -> f.getParent().getFileName().toString())
                        .distinct())
                .contains(
                        "docker-hub",
                        "ghcr",
                        "ecr",
                        "ecr-public",
                        "artifact-registry",
                        "harbor",
                        "quay",
                        "nexus",
                        "artifactory",
                        "acr",
                        "distribution");
    }
}
