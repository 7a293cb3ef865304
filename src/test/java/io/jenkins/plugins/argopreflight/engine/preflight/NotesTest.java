package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements of a report about its own run, and the pulls that they leave open. */
@ExtendWith(InRun.class)
class NotesTest {

    private static final String HEAD = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: ci}
        spec:
          entrypoint: main
        """;
    private static final String PARAMETER = HEAD + """
          arguments: {parameters: [{name: image}]}
          templates:
          - name: main
            container: {image: "{{workflow.parameters.image}}", command: [make]}
        """;
    private static final String DOWN = """
          templates:
          - name: main
            container: {image: registry.example.com/team/image:v1.2, command: [make]}
        """;

    private final MemoryCluster cluster = MemoryCluster.of("""
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: default, namespace: ci}
        """);

    private Report run(String manifest, Gate gate, String argo) {
        Document registries = new ManifestReader()
                .read("registry.yaml", "{registries: [], unreachable: [registry.example.com]}")
                .get(0);
        return Remediation.inShell(
                new Preflight(Fact.known(cluster), new RegistrySnapshot(registries, RegistrySettings.defaults()), 1)
                        .run(Requests.of(new ManifestReader().read("w.yaml", manifest), "ci", "argo", argo, gate)));
    }

    private List<Note> notes(String manifest) {
        return run(manifest, Gate.FAIL, "v4.0.5").notes();
    }

    @Test
    void shouldNoteAnImageThatIsKnownOnlyAtRunTimeAndKeepItsPullUnknown() {
        Report report = run(PARAMETER, Gate.NEVER, "v4.0.5");
        assertThat(report.notes())
                .filteredOn(note -> note.kind().equals("image-unresolved"))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.subject().line()).isEqualTo(9);
                    assertThat(note.subject().path()).isEqualTo("spec.templates[0].container.image");
                    assertThat(note.detail()).contains("the workflow gives it no value", "Give the variable a value");
                });
        assertThat(report.pulls())
                .filteredOn(PullRow::isUnchecked)
                .extracting(PullRow::verdict)
                .contains(Verdict.UNKNOWN);
        assertThat(report.findings()).extracting(Finding::check).doesNotContain("image-unresolved");
        assertThat(report.checks())
                .filteredOn(row -> row.id().equals("image-not-found"))
                .extracting(Report.CheckRow::outcome)
                .containsExactly(Outcome.UNKNOWN);
        assertThat(Summary.of(report)).doesNotContain("ready to submit").contains("could");
        assertThat(new PreflightText(Style.PLAIN).render(report)).contains("note: Could not check image");
        assertThat(new PreflightJson().read(new PreflightJson().render(report)).notes())
                .isEqualTo(report.notes());
    }

    @ParameterizedTest
    @EnumSource(Gate.class)
    void shouldCountNoNoteInAnyGateAndPassNoOpenPull(Gate gate) {
        Report ungated = run(PARAMETER, Gate.NEVER, "v4.0.5");
        boolean fails = ungated.findings().stream().anyMatch(gate::fails);
        RunResult result = run(PARAMETER, gate, "v4.0.5").result();
        assertThat(result == RunResult.FAILED).isEqualTo(fails);
        if (gate == Gate.UNKNOWN) {
            assertThat(result).isNotEqualTo(RunResult.OK);
        }
    }

    @Test
    void shouldNoteAMissingDeadlineWhereAPullCouldNotBeChecked() {
        assertThat(notes(HEAD + DOWN)).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("no-deadline");
            assertThat(note.title()).isEqualTo("The workflow has no deadline, and a pull could not be checked");
            assertThat(note.subject().path()).isEqualTo("spec.activeDeadlineSeconds");
            assertThat(note.detail())
                    .contains("registry.example.com/team/image:v1.2", "Set activeDeadlineSeconds in the workflow.");
        });
        assertThat(run(HEAD + DOWN, Gate.FAIL, "v4.1.0").notes())
                .extracting(Note::detail)
                .singleElement()
                .asString()
                .endsWith(", or pendingTimeout in the template.");
        assertThat(notes(HEAD + "  activeDeadlineSeconds: 600\n" + DOWN)).isEmpty();
    }

    @Test
    void shouldNoteAnExitHandlerThatTheDeadlineDoesNotEnd() {
        String manifest = HEAD + """
              activeDeadlineSeconds: 3600
              onExit: notify
              templates:
              - name: main
                suspend: {duration: "1"}
              - name: notify
                container: {image: registry.example.com/team/image:v1.2, command: [make]}
            """;
        assertThat(notes(manifest)).allSatisfy(note -> {
            assertThat(note.title()).startsWith("An exit handler has no deadline");
            assertThat(note.detail()).contains("the workflow's deadline does not end it");
        });
        assertThat(notes(manifest))
                .extracting(note -> note.subject().path())
                .as("of the executor's image, which no template sets, and of the container's")
                .containsExactlyInAnyOrder("", "spec.templates[1].activeDeadlineSeconds");
    }

    @Test
    void shouldNoteWhatWasApproximated() {
        String loop = HEAD + """
              activeDeadlineSeconds: 600
              templates:
              - name: main
                steps:
                - - name: each
                    template: leaf
                    arguments: {parameters: [{name: number, value: "{{item}}"}]}
                    withSequence: {count: "10000"}
              - name: leaf
                inputs: {parameters: [{name: number}]}
                container: {image: registry.example.com/team/image:v1.2, args: ["{{inputs.parameters.number}}"]}
            """;
        assertThat(notes(loop))
                .filteredOn(note -> note.kind().equals("approximate-pods"))
                .extracting(Note::detail)
                .containsExactly(
                        "step each loops over 10000 items: one pod was checked for all; differences between them"
                                + " were not checked.");
        String recursion = HEAD + """
              activeDeadlineSeconds: 600
              templates:
              - name: main
                steps:
                - - {name: flip, template: flip}
                - - {name: again, template: main, when: "{{steps.flip.outputs.result}} == tails"}
              - name: flip
                script: {image: registry.example.com/team/image:v1.2, command: [sh], source: flip}
            """;
        assertThat(notes(recursion)).extracting(Note::detail).anyMatch(detail -> detail.contains("calls itself"));
        assertThat(notes(loop.replace("10000", "2")))
                .noneMatch(note -> note.kind().equals("approximate-pods"));
    }

    @Test
    void shouldLeaveOutNotesOverTheLimit() {
        try (Budget.Scope limited = Budget.open(RunLimits.parse(List.of("findings=1")))) {
            Report report = run(PARAMETER, Gate.FAIL, "v4.0.5");
            assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
            assertThat(report.unknown()).extracting(Report.UnknownRow::fact).contains("further notes");
        }
    }
}
