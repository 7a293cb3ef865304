package io.jenkins.plugins.argopreflight.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
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
 * Workflows that failed, hung or ran on a real cluster, captured afterwards: the first cause names the object that the
 * story names, with the story's permanence, and the check in {@code stories-causes.txt}; a healthy one has no cause.
 */
@ExtendWith(InRun.class)
class StoryDiagnosisTest {

    private static final Path RESOURCES = ProjectRoot.path().resolve("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldNameTheCauseOfEveryStoryFirst() throws IOException {
        Map<String, String> checks = checks();
        List<String> wrong = new ArrayList<>();
        StringBuilder table = new StringBuilder("Story | check | object | permanent | next\n");
        for (Path folder : Stories.all()) {
            String name = folder.getFileName().toString();
            JsonNode story = JSON.readTree(Files.readString(folder.resolve("story.json")));
            Path seen = folder.resolve("after");
            List<Diagnosis> diagnoses = diagnose(seen, folder.resolve("before"), story);
            table.append(row(name, diagnoses));
            wrong.addAll(mistakes(name, story, diagnoses, checks.getOrDefault(name, "")));
        }
        System.out.println(table);
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldNotBlameARegistryThatAnsweredTheClusterAndDoesNotAnswerHere() throws IOException {
        for (String name : List.of("look-up-wrong-tag", "no-tag-no-latest", "executor-image-tag-missing")) {
            JsonNode story = JSON.readTree(Files.readString(Stories.named(name).resolve("story.json")));
            try (Registry silent = new NoRegistry(Verdict.UNREACHABLE)) {
                assertThat(diagnose(Stories.named(name).resolve("after"), silent, story))
                        .as(name)
                        .isNotEmpty()
                        .flatMap(Diagnosis::causes)
                        .isNotEmpty()
                        .noneMatch(cause -> cause.check().equals("registry-unreachable"));
            }
        }
    }

    @Test
    void shouldNameAPullSecretThatTheKubeletDidNotGetWhereNoRegistryAnswers() throws IOException {
        Path story = Stories.named("pull-secret-missing");
        try (Registry silent = new NoRegistry(Verdict.UNREACHABLE)) {
            assertThat(diagnose(
                            story.resolve("after"),
                            silent,
                            JSON.readTree(Files.readString(story.resolve("story.json")))))
                    .flatMap(Diagnosis::causes)
                    .first()
                    .satisfies(cause -> {
                        assertThat(cause.title()).contains("regcred");
                        assertThat(cause.subject().kind() + " "
                                        + cause.subject().name())
                                .isEqualTo("Secret regcred");
                        assertThat(cause.permanent()).isTrue();
                    });
        }
    }

    private static List<Diagnosis> diagnose(Path after, Path before, JsonNode story) throws IOException {
        try (Registry registry =
                RegistrySnapshot.read(RegistrySnapshot.find(before).orElseThrow(), RegistrySettings.defaults())) {
            return diagnose(after, registry, story);
        }
    }

    private static List<Diagnosis> diagnose(Path after, Registry registry, JsonNode story) throws IOException {
        SnapshotGateway gateway = SnapshotGateway.open(after, new LocalAdmission(Optional.empty()));
        String namespace = story.path("namespace").asText();
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (ObjectNode workflow : gateway.list(Resource.WORKFLOWS, namespace, "", "")) {
            DiagnoseRequest request = new DiagnoseRequest(
                    namespace,
                    KubeObjects.name(workflow),
                    "",
                    "argo",
                    LogSource.read("--logs"),
                    List.of(),
                    Optional.empty());
            diagnoses.add(Remediation.inShell(new Diagnose(gateway, registry, 8).run(request)));
        }
        return diagnoses;
    }

    private static List<String> mistakes(String name, JsonNode story, List<Diagnosis> diagnoses, String check) {
        List<Cause> causes =
                diagnoses.stream().flatMap(each -> each.causes().stream()).toList();
        if (story.path("healthy").asBoolean() || check.equals("-")) {
            return causes.isEmpty() ? List.of() : List.of(name + ": no cause is expected, but " + brief(causes));
        }
        if (causes.isEmpty()) {
            return List.of(name + ": no cause");
        }
        Cause first = causes.get(0);
        boolean right = first.check().equals(check)
                && isAt(first.subject(), story.path("where"))
                && first.permanent() == story.path("permanent").asBoolean();
        return right
                ? List.of()
                : List.of(name + ": " + check + " at " + story.path("where") + ", permanent " + story.path("permanent")
                        + ", but " + brief(causes));
    }

    private static boolean isAt(Cause.Subject subject, JsonNode where) {
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

    private static String row(String name, List<Diagnosis> diagnoses) {
        StringBuilder rows = new StringBuilder();
        for (Diagnosis each : diagnoses) {
            String first = each.causes().isEmpty()
                    ? "- (" + each.waiting() + ")"
                    : brief(each.causes().subList(0, 1));
            rows.append(name)
                    .append(" | ")
                    .append(first)
                    .append(" | ")
                    .append(each.causes().size())
                    .append('\n');
        }
        return rows.toString();
    }

    private static String brief(List<Cause> causes) {
        StringBuilder text = new StringBuilder();
        causes.forEach(cause -> text.append(cause.check())
                .append(" | ")
                .append(cause.subject())
                .append(" | ")
                .append(cause.permanent())
                .append(" | ")
                .append(cause.next())
                .append(" | ")
                .append(cause.title())
                .append("; "));
        return text.toString();
    }

    private static Map<String, String> checks() throws IOException {
        Map<String, String> checks = new LinkedHashMap<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("stories-causes.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+");
                checks.put(parts[0], parts[1]);
            }
        }
        return checks;
    }
}
