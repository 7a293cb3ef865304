package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The consequences of a cause: they stand below its finding, in the report and for the gates. */
@ExtendWith(InRun.class)
class ConsequencesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    /** A call of a template whose input has no argument, which a dropped field would have. */
    private static final String DROPPED = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-}
        spec:
          entrypoint: main
          templates:
          - name: main
            steps:
            - - name: one
                template: echo
                argument: {parameters: [{name: text, value: a}]}
          - name: echo
            inputs: {parameters: [{name: text}]}
            container: {image: "alpine:3.20", command: [echo, "{{inputs.parameters.text}}"]}
        """;

    private static String workflow(String spec, String steps) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              %s
              templates:
              - name: main
                steps:
            %s
              - name: echo
                inputs: {parameters: [{name: text, value: a}]}
                container: {image: "alpine:3.20", command: [echo, "{{inputs.parameters.text}}"]}
            """.formatted(spec, steps.indent(4).stripTrailing());
    }

    static Stream<Arguments> causes() {
        String two = """
            - - {name: one, template: echo, when: "{{workflow.parameters.mode}} == a"}
            - - {name: two, template: echo, arguments: {parameters: [{name: text, value: "{{workflow.parameters.mode}}"}]}}
            """;
        return Stream.of(
                Arguments.of(
                        "a parameter that is not declared",
                        workflow("entrypoint: main", two),
                        List.of(
                                "templates.main: failed to resolve {{workflow.parameters.mode}} 9",
                                "- templates.main: failed to resolve {{workflow.parameters.mode}} 10")),
                Arguments.of(
                        "a parameter without a value, which names a template",
                        workflow(
                                "entrypoint: main\n  arguments: {parameters: [{name: mode}]}",
                                "- - {name: one, templateRef: {name: \"{{workflow.parameters.mode}}\", template: a}}"),
                        List.of(
                                "Parameter mode has no value 6",
                                "- Could not check: templateRef {{workflow.parameters.mode}} is known only while… 10")),
                Arguments.of(
                        "a parameter with an empty value in two conditions",
                        workflow(
                                "entrypoint: main\n  arguments: {parameters: [{name: mode, value: ''}]}",
                                two.lines().findFirst().orElseThrow() + "\n"
                                        + two.lines().findFirst().orElseThrow().replace("one", "two")),
                        List.of(
                                "Invalid 'when' expression ' == a': Cannot transition token types from  [] to… 10",
                                "- Invalid 'when' expression ' == a': Cannot transition token types from  [] to… 11")),
                Arguments.of(
                        "a template that two steps name",
                        workflow(
                                "entrypoint: main",
                                "- - {name: one, template: echoes}\n- - {name: two, template: echoes}"),
                        List.of("Template echoes not found 9", "- Template echoes not found 10")),
                Arguments.of(
                        "arguments of a step that the server drops",
                        DROPPED,
                        List.of("Unknown field argument 11", "- inputs.parameters.text was not supplied 9")),
                Arguments.of(
                        "arguments of the workflow that the server drops",
                        workflow("entrypoint: main\n  argument: {parameters: [{name: mode, value: b}]}", two),
                        List.of(
                                "Unknown field argument 6",
                                "- templates.main: failed to resolve {{workflow.parameters.mode}} 10",
                                "- templates.main: failed to resolve {{workflow.parameters.mode}} 11")),
                Arguments.of(
                        "arguments that the server drops and that lack another parameter",
                        workflow("entrypoint: main\n  argument: {parameters: [{name: other, value: b}]}", two),
                        List.of(
                                "Unknown field argument 6",
                                "templates.main: failed to resolve {{workflow.parameters.mode}} 10",
                                "- templates.main: failed to resolve {{workflow.parameters.mode}} 11")),
                Arguments.of(
                        "a value that the server drops",
                        workflow("entrypoint: main\n  arguments: {parameters: [{name: mode, valeu: b}]}", two),
                        List.of("Unknown field valeu 6", "- Parameter mode has no value 6")),
                Arguments.of(
                        "an entrypoint that the server drops",
                        workflow("entrypont: main", "- - {name: one, template: echo}"),
                        List.of("Unknown field entrypont 5", "- spec.entrypoint is required 4")),
                Arguments.of(
                        "templates that the server drops",
                        workflow("entrypoint: main", "- - {name: one, template: echo}")
                                .replace("templates:", "template:"),
                        List.of("Unknown field template 6", "- Template main not found 5")),
                Arguments.of(
                        "inputs that the server drops",
                        workflow("entrypoint: main", "- - {name: one, template: echo}")
                                .replace("inputs:", "input:"),
                        List.of("Unknown field input 11", "- Template echo does not declare input text 12")),
                Arguments.of(
                        "outputs that the server drops",
                        workflow(
                                        "entrypoint: main",
                                        "- - {name: one, template: echo}\n"
                                                + "- - {name: two, template: echo, arguments: {parameters: [{name: text,"
                                                + " value: \"{{steps.one.outputs.parameters.out}}\"}]}}")
                                .replace(
                                        "    container:",
                                        "    output: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}\n"
                                                + "    container:"),
                        List.of(
                                "Unknown field output 13",
                                "- templates.main: failed to resolve {{steps.one.outputs.parameters.out}} 10")),
                Arguments.of(
                        "an argument under another name",
                        DROPPED.replace("argument:", "arguments:")
                                .replace("name: text, value: a", "name: txt, value: a"),
                        List.of(
                                "inputs.parameters.text was not supplied 9",
                                "- The template has no input parameter txt. Did you mean text? 11")),
                Arguments.of(
                        "a template without a name in the metadata",
                        DROPPED.replace("{generateName: build-}", "{}").replace("argument:", "arguments:"),
                        List.of("The Workflow has no name 3")),
                Arguments.of(
                        "a WorkflowTemplate with only a generateName",
                        DROPPED.replace("kind: Workflow", "kind: WorkflowTemplate")
                                .replace("argument:", "arguments:"),
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("causes")
    void shouldPutWhatFollowsBelowItsCause(String name, String manifest, List<String> expected) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : run(manifest, Gate.FAIL).findings()) {
            if (finding.outcome() != Outcome.UNKNOWN) {
                lines.add(line(finding));
                finding.consequences().forEach(follower -> lines.add("- " + line(follower)));
            }
        }
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void shouldReportAnAbsentWorkflowTemplateOnce() {
        String steps = "- - {name: one, templateRef: {name: lib, template: echo}}\n"
                + "- - {name: two, templateRef: {name: lib, template: echo}}";
        Report report = run(Fact.known(MemoryCluster.of()), workflow("entrypoint: main", steps), Gate.FAIL);
        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("unresolved-reference"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.title()).isEqualTo("WorkflowTemplate \"lib\" not found"));
    }

    private static String line(Finding finding) {
        return finding.title() + " " + finding.subject().line();
    }

    /** A suppression is no fix: the workflow fails as before. */
    @Test
    void shouldCountWhatFollowsFromASuppressedCause() {
        Report report = run(DROPPED, Gate.FAIL, ignore("unknown-field"));
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .extracting(Finding::check)
                .containsExactly("refused-by-argo");
        assertThat(report.ignored()).singleElement().satisfies(ignored -> {
            assertThat(ignored.finding().check()).isEqualTo("unknown-field");
            assertThat(ignored.finding().consequences()).isEmpty();
        });
        assertThat(run(DROPPED, Gate.FAIL, ignore("unknown-field"), ignore("refused-by-argo"))
                        .result())
                .isEqualTo(RunResult.OK);
    }

    @Test
    void shouldShowWhatASuppressedOutageLeavesOpen() {
        Fact<ClusterGateway> refused = Fact.unknown("https://cluster.example.com: connection refused");
        Report report = run(refused, DROPPED, Gate.UNKNOWN, ignore("no-cluster-access"));
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.UNKNOWN)
                .hasSizeGreaterThan(10);
    }

    @Test
    void shouldKeepACauseWhoseConsequencesAreSuppressed() {
        Report report = run(DROPPED, Gate.FAIL, ignore("refused-by-argo"));
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("unknown-field");
                    assertThat(finding.consequences()).isEmpty();
                });
        assertThat(report.ignored())
                .extracting(ignored -> ignored.finding().check())
                .containsExactly("refused-by-argo");
    }

    /** Counted alone, no finding makes a gate fail that its cause lets pass. */
    @ParameterizedTest
    @EnumSource
    void shouldCountEachCauseWhereWhatFollowsCounted(Gate gate) {
        causes().map(each -> run((String) each.get()[1], Gate.NEVER))
                .flatMap(report -> report.findings().stream())
                .forEach(finding -> assertThat(finding.consequences())
                        .as(finding.title())
                        .noneMatch(follower -> gate.fails(follower) && !gate.fails(finding)));
    }

    @Test
    void shouldKnowAFindingOfABaselineThatStoodBelowAnother() {
        Report before = run(DROPPED, Gate.NEVER);
        String fixed =
                DROPPED.replace("argument: {parameters: [{name: text, value: a}]}", "arguments: {parameters: []}");
        Report after = run(fixed, Gate.NEVER).suppressing(Set.copyOf(before.allIds()), "in the baseline", Gate.FAIL);
        assertThat(after.result()).isEqualTo(RunResult.OK);
        assertThat(after.ignored())
                .extracting(ignored -> ignored.finding().title())
                .contains("inputs.parameters.text was not supplied");
    }

    private static String calling(String name, int calls) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: %s, namespace: ci}
            spec:
              entrypoint: main
              templates:
              - name: main
                steps: [[%s]]
            ---
            """.formatted(
                        name,
                        IntStream.range(0, calls)
                                .mapToObj(call -> "{name: s" + call + ", templateRef: {name: lib, template: run}}")
                                .collect(Collectors.joining(", ")));
    }

    private static final String LIBRARY = """
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: lib, namespace: ci}
        spec:
          templates:
          - name: other
            container: {image: "alpine:3.20", command: [echo]}
        """;

    static Stream<Arguments> newBelowKnown() {
        return Stream.of(
                Arguments.of("another workflow", calling("old", 1) + calling("new", 1) + LIBRARY, "new"),
                Arguments.of("another call of the same name", calling("old", 3) + LIBRARY, "old"));
    }

    /** The reference has the cause, and what is new stands below it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("newBelowKnown")
    void shouldCountANewFindingBelowAKnownCause(String name, String manifest, String workflow) {
        String old = calling("old", name.contains("call") ? 2 : 1) + LIBRARY;
        Set<String> known = Set.copyOf(run(old, Gate.NEVER).allIds());
        Report now = run(manifest, Gate.NEVER);
        assertThat(now.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .hasSize(1);

        Report judged = now.suppressing(known, "in the baseline", Gate.FAIL);
        assertThat(judged.result()).isEqualTo(RunResult.FAILED);
        assertThat(judged.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .singleElement()
                .satisfies(finding -> assertThat(finding.subject().name()).isEqualTo(workflow));

        Report lifted = now.withNewFindingsSeparate(known);
        assertThat(IntStream.range(0, lifted.findings().size())
                        .filter(i -> !known.contains(lifted.ids().get(i)))
                        .mapToObj(lifted.findings()::get)
                        .filter(Gate.FAIL::fails))
                .hasSize(1);
        assertThat(lifted.allIds()).containsExactlyInAnyOrderElementsOf(now.allIds());
        assertThat(now.withNewFindingsSeparate(Set.copyOf(now.allIds()))).isEqualTo(now);
        assertThat(now.withNewFindingsSeparate(Set.of())).isEqualTo(now);
    }

    /** A workflow that uses the default account on purpose has nothing to do with the field of another one. */
    @Test
    void shouldBlameNoFieldOfAnotherWorkflow() {
        String typo = workflow("entrypoint: main\n  serviceAcountName: builder", "- - {name: one, template: echo}");
        String other = workflow("entrypoint: main\n  serviceAccountName: default", "- - {name: one, template: echo}");
        Report report = run(Fact.known(MemoryCluster.of()), typo + "---\n" + other, Gate.FAIL);
        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("unknown-field"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.consequences())
                        .noneMatch(each -> each.subject().kind().equals("ServiceAccount")));
        assertThat(report.findings())
                .filteredOn(finding -> finding.title().equals("Namespace ci does not exist"))
                .flatExtracting(Finding::consequences)
                .anyMatch(finding -> finding.subject().kind().equals("ServiceAccount")
                        && finding.subject().name().equals("default"));
    }

    /** The Secret is created with the workflow, and lacks its key in a namespace that exists, too. */
    @Test
    void shouldKeepAFindingThatOnlyMentionsTheAbsentNamespace() {
        String manifest = workflow("entrypoint: main", "- - {name: one, template: echo}")
                        .replace(
                                "    container: {",
                                "    container: {env: [{name: T, valueFrom: {secretKeyRef: {name: tls, key: token}}}],"
                                        + " ")
                + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: tls}\nstringData: {other: a}\n";
        Report report = run(Fact.known(MemoryCluster.of()), manifest, Gate.FAIL);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .extracting(Finding::title)
                .contains("Namespace ci does not exist", "Secret tls has no key token");
    }

    /** A report of an earlier version has all findings beside each other. */
    @Test
    void shouldKnowTheFindingsOfABaselineOfAnEarlierVersion() {
        Report now = run(DROPPED, Gate.NEVER);
        Report before = now.withRows(now.all(), now.permissions(), now.unknown());
        assertThat(before.ids()).containsAll(now.ids());
        assertThat(now.suppressing(Set.copyOf(before.allIds()), "in the baseline", Gate.FAIL)
                        .result())
                .isEqualTo(RunResult.OK);
    }

    @Test
    void shouldReportAClusterWithoutAnAnswerFirstAndOnce() {
        Report report = run(Fact.unknown("https://cluster.example.com: connection refused"), DROPPED, Gate.UNKNOWN);
        Finding first = report.findings().get(0);
        assertThat(first.check()).isEqualTo("no-cluster-access");
        assertThat(first.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(first.consequences()).hasSizeGreaterThan(10).allMatch(each -> each.outcome() == Outcome.UNKNOWN);
        assertThat(report.findings().stream().skip(1))
                .extracting(Finding::check)
                .containsExactly("unknown-field", "registry-unreachable");
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(run(
                                Fact.unknown("no answer"),
                                DROPPED,
                                Gate.FAIL,
                                ignore("unknown-field"),
                                ignore("refused-by-argo"))
                        .result())
                .isEqualTo(RunResult.UNCHECKED);
    }

    private static Suppression ignore(String check) {
        return new Suppression(check, "for the test", Optional.empty());
    }

    private static Report run(String manifest, Gate gate, Suppression... ignores) {
        Fact<ClusterGateway> none = Fact.unknown("no cluster was asked");
        return new Preflight(none, new NoRegistry(), 4)
                .askingCluster(false)
                .askingRegistries(false)
                .run(request(manifest, gate, ignores));
    }

    private static Report run(Fact<ClusterGateway> cluster, String manifest, Gate gate, Suppression... ignores) {
        return new Preflight(cluster, new NoRegistry(), 4)
                .askingRegistries(false)
                .run(request(manifest, gate, ignores));
    }

    private static PreflightRequest request(String manifest, Gate gate, Suppression... ignores) {
        return PreflightRequest.builder(new ManifestReader().read("w.yaml", manifest), "ci", "argo")
                .argoVersion(ArgoVersion.parse("v4.0.5"))
                .gateOptions(Requests.gateOptions(gate, ignores))
                .today(TODAY)
                .build();
    }
}
