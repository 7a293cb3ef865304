package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code docs/diagnosis.schema.json}, which the diagnosis of every failure that was recorded on a real cluster obeys. */
@ExtendWith(InRun.class)
class DiagnosisSchemaTest {

    private static final String SCHEMA = "diagnosis.schema.json";
    private static final Path ROOT = ProjectRoot.path();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldHoldForEveryStory() throws IOException {
        List<String> problems = new ArrayList<>();
        TreeSet<String> kinds = new TreeSet<>();
        int diagnoses = 0;
        for (Path story : Stories.all()) {
            for (Diagnosis each : diagnose(story)) {
                String json = new DiagnosisJson().render(each);
                Schema.problems(json, SCHEMA).forEach(problem -> problems.add(story + ": " + problem));
                JSON.readTree(json)
                        .findValues("fixes")
                        .forEach(fixes ->
                                fixes.forEach(fix -> kinds.add(fix.path("kind").asText())));
                diagnoses++;
            }
        }
        assertThat(problems).isEmpty();
        assertThat(diagnoses).isGreaterThan(100);
        assertThat(kinds).contains("ask-person", "change-field", "run-commands");
    }

    private static List<Diagnosis> diagnose(Path story) throws IOException {
        JsonNode description = JSON.readTree(Files.readString(story.resolve("story.json")));
        String namespace = description.path("namespace").asText();
        SnapshotGateway gateway = SnapshotGateway.open(story.resolve("after"), new LocalAdmission(Optional.empty()));
        List<Diagnosis> all = new ArrayList<>();
        try (Registry registry = RegistrySnapshot.read(
                RegistrySnapshot.find(story.resolve("before")).orElseThrow(), RegistrySettings.defaults())) {
            for (ObjectNode workflow : gateway.list(Resource.WORKFLOWS, namespace, "", "")) {
                all.add(Remediation.inShell(new Diagnose(gateway, registry, 4)
                        .run(new DiagnoseRequest(
                                namespace,
                                KubeObjects.name(workflow),
                                "",
                                "argo",
                                LogSource.read("--logs"),
                                List.of(),
                                Optional.empty()))));
            }
        }
        return all;
    }

    @Test
    void shouldDescribeFixesAsReportsDo() throws IOException {
        JsonNode reports = JSON.readTree(ROOT.resolve("docs/report.schema.json").toFile());
        JsonNode diagnoses = JSON.readTree(ROOT.resolve("docs/" + SCHEMA).toFile());
        for (String part : List.of("fix", "command", "commands", "operand", "operands")) {
            assertThat(diagnoses.path("$defs").path(part))
                    .as(part)
                    .isEqualTo(reports.path("$defs").path(part));
        }
    }
}
