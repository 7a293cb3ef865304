package io.jenkins.plugins.argopreflight.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Workflows that failed, or ran, on a real cluster: what a preflight says of the cluster just before. Where the cause
 * could be known, a finding names the object to fix; where all was well, nothing fails.
 */
@ExtendWith(InRun.class)
class StoriesTest {

    private static final Path RESOURCES = ProjectRoot.path().resolve("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldNameTheCauseOfEveryStoryThatCouldBeKnown() throws IOException {
        Map<String, String> exceptions = exceptions();
        List<String> wrong = new ArrayList<>();
        int reported = 0;
        int all = 0;
        StringBuilder table = new StringBuilder("Story | object to fix | finding\n");
        for (Path folder : Stories.all()) {
            String name = folder.getFileName().toString();
            JsonNode story = JSON.readTree(Files.readString(folder.resolve("story.json")));
            if (!story.path("knowable_before").asBoolean()) {
                continue;
            }
            all++;
            Report report =
                    preflight(folder.resolve("before"), story.path("namespace").asText());
            String missed = story.path("healthy").asBoolean() ? failures(report) : missed(report, story);
            table.append(name).append(" | ").append(where(story)).append(" | ");
            table.append(missed.isEmpty() ? "reported" : missed).append('\n');
            reported += missed.isEmpty() ? 1 : 0;
            if (missed.isEmpty() == exceptions.containsKey(name)) {
                wrong.add(name + ": " + (missed.isEmpty() ? "is reported: take it out of the exceptions" : missed));
            }
        }
        System.out.println(table + "Stories: " + reported + " of " + all + " are reported before");
        assertThat(wrong).isEmpty();
    }

    private static Report preflight(Path before, String namespace) throws IOException {
        SnapshotGateway gateway = SnapshotGateway.open(before, new LocalAdmission(Optional.empty()));
        try (Registry registry =
                RegistrySnapshot.read(RegistrySnapshot.find(before).orElseThrow(), RegistrySettings.defaults())) {
            PreflightRequest request = Requests.of(
                    new ManifestReader().read(before.resolve("workflow.yaml")),
                    namespace,
                    gateway.argo().orElseThrow().namespace());
            return Remediation.inShell(new Preflight(Fact.known(gateway), registry, 8).run(request));
        }
    }

    private static String failures(Report report) {
        List<String> failures = report.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL)
                .map(StoriesTest::brief)
                .toList();
        return failures.isEmpty() ? "" : "healthy, but " + failures;
    }

    private static String missed(Report report, JsonNode story) {
        List<String> found = new ArrayList<>();
        for (Finding finding : report.findings()) {
            if (names(finding.subject(), story.path("where"))) {
                return "";
            }
            found.add(brief(finding));
        }
        return "found " + found;
    }

    /** Kind, name and namespace; the container where one is given; and a path in or above the field. */
    private static boolean names(Subject subject, JsonNode where) {
        String name = where.path("name").asText();
        String container = where.path("container").asText();
        return subject.kind().equals(where.path("kind").asText())
                && (name.equals("build-*")
                        ? subject.name().startsWith("build-")
                        : subject.name().equals(name))
                && (where.path("namespace").asText().isEmpty()
                        || subject.namespace().equals(where.path("namespace").asText()))
                && (container.isEmpty() || subject.container().equals(container));
    }

    private static String where(JsonNode story) {
        JsonNode where = story.path("where");
        return where.path("kind").asText("-") + " " + where.path("name").asText() + " "
                + where.path("field").asText();
    }

    private static String brief(Finding finding) {
        Subject at = finding.subject();
        return finding.outcome() + " " + finding.check() + " at " + at.kind() + " " + at.namespace() + "/" + at.name()
                + " " + at.path() + " " + at.container() + ": " + finding.message();
    }

    private static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new LinkedHashMap<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("stories-exceptions.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", 2);
                exceptions.put(parts[0], parts[1]);
            }
        }
        return exceptions;
    }
}
