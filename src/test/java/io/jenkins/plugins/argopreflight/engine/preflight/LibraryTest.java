package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.ci.GithubCommands;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PodsJson;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.PodsText;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Templates that are judged on their own, and the same templates as they are submitted. */
@ExtendWith(InRun.class)
class LibraryTest {

    private static final String LIBRARY = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: library, namespace: ci}
            spec:
              entrypoint: build
              arguments: {parameters: [{name: tag}]}
              templates:
              - name: build
                inputs:
                  parameters: [{name: target}, {name: secret, value: ""}]
                  artifacts: [{name: source, path: /src}]
                container:
                  image: "registry.example.com/team/image:{{workflow.parameters.tag}}"
                  command: [make, "{{inputs.parameters.target}}"]
                  env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: "{{inputs.parameters.secret}}", key: token}}}]
                  volumeMounts: [{name: work, mountPath: /work}]
            """;
    private static final String LINE = "WorkflowTemplate library: its caller supplies parameter tag, parameter target,"
            + " artifact source, volume work, parameter secret";

    private static Report check(Fact<ClusterGateway> cluster, String file, String... names) {
        return Remediation.inShell(new Preflight(cluster, new NoRegistry(), 4)
                .askingCluster(cluster.ifKnown().isPresent())
                .askingRegistries(false)
                .run(Requests.of(documents(file), List.of(names), "ci", "argo")));
    }

    private static List<Document> documents(String file) {
        return file.isEmpty() ? List.of() : new ManifestReader().read("library.yaml", file);
    }

    @Test
    void shouldListInEachFormatWhatTheCallerSupplies() {
        Report report = check(Fact.unknown("no cluster"), LIBRARY);
        assertThat(report.result()).isEqualTo(RunResult.OK);
        assertThat(report.findings()).noneMatch(finding -> finding.outcome() == Outcome.FAIL);
        assertThat(report.subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.suppliedByCaller())
                        .containsExactly(
                                "parameter tag",
                                "parameter target",
                                "artifact source",
                                "volume work",
                                "parameter secret"));
        assertThat(new PreflightText(Style.PLAIN).render(report).replaceAll("\\s+", " "))
                .contains(LINE);
        assertThat(new PreflightJson().render(report)).contains("\"suppliedByCaller\"", "\"volume work\"");
        assertThat(new JUnitXml().render(report)).contains("<system-out>" + LINE + "</system-out>");
        assertThat(new Sarif().render(report)).contains(LINE);
        assertThat(new Html().render(report)).contains(LINE);
        assertThat(new Markdown().render(report)).contains(LINE);
        assertThat(new GithubCommands().render(report)).contains("::notice title=Argo Preflight::" + LINE);
    }

    @Test
    void shouldPrintItWithThePods() {
        PodsReport report = new PodsReader(Fact.unknown("no cluster"), false, 4)
                .of(new WorkflowRequest(documents(LIBRARY), "ci", "argo", Optional.empty(), List.of()));
        assertThat(report.result()).isEqualTo(RunResult.OK);
        assertThat(new PodsText().render(report)).contains("# " + LINE, "- name: work  # caller of the template");
        assertThat(new PodsJson().render(report)).contains("\"suppliedByCaller\"", "\"volume work\"");
    }

    @Test
    void shouldFailWhereTheTemplateIsSubmitted() {
        MemoryCluster cluster = MemoryCluster.of(LIBRARY);
        Report report = check(Fact.known(cluster), "", "workflowtemplate/library");
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(report.findings().stream()
                        .filter(finding -> finding.outcome() == Outcome.FAIL)
                        .map(Finding::title))
                .contains(
                        "Parameter tag has no value",
                        "inputs.parameters.target was not supplied",
                        "inputs.artifacts.source was not supplied",
                        "Volume 'work' not found in workflow spec");
        assertThat(report.subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.suppliedByCaller()).isEmpty());
    }

    @Test
    void shouldLeaveTheNamesAndTheAccountToTheCallersOfTemplatesWithoutAnEntrypoint() {
        String library = """
                apiVersion: argoproj.io/v1alpha1
                kind: ClusterWorkflowTemplate
                metadata: {name: library}
                spec:
                  volumes: [{name: data, persistentVolumeClaim: {claimName: "{{workflow.parameters.claim}}"}}]
                  templates:
                  - name: build
                    inputs:
                      parameters: [{name: secret}, {name: class, value: ""}, {name: image}, {name: shared}]
                    priorityClassName: "{{inputs.parameters.class}}"
                    container:
                      image: "{{=inputs.parameters.image + ':v1'}}"
                      command: [make, "{{workflow.labels.team}}"]
                      env:
                      - {name: TOKEN, valueFrom: {secretKeyRef: {name: "{{inputs.parameters.secret}}", key: token}}}
                      volumeMounts: [{name: data, mountPath: /data}]
                  - name: call
                    http: {url: "https://example.com"}
                  - name: apply
                    inputs: {parameters: [{name: manifest}]}
                    resource: {action: apply, manifest: "{{inputs.parameters.manifest}}"}
                  - name: create
                    inputs: {parameters: [{name: image}]}
                    resource:
                      action: create
                      manifest: |
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: job}
                        spec:
                          template:
                            spec:
                              restartPolicy: Never
                              containers: [{name: main, image: "{{inputs.parameters.image}}", command: [make]}]
                  - name: other
                    steps:
                    - - {name: shared, templateRef: {name: "{{inputs.parameters.shared}}", template: main}}
                    inputs: {parameters: [{name: shared}]}
                """;
        MemoryCluster cluster = MemoryCluster.of("apiVersion: v1\nkind: Namespace\nmetadata: {name: ci}\n");
        Report report = check(Fact.known(cluster), library);
        assertThat(report.findings().stream()
                        .filter(finding -> finding.outcome() != Outcome.WARN)
                        .map(Finding::message))
                .noneMatch(message -> message.contains("{{") || message.contains("before the workflow runs"))
                .noneMatch(message -> message.contains("default"));
        assertThat(report.result()).isEqualTo(RunResult.OK);
        assertThat(report.permissions()).noneMatch(right -> right.subject().contains("default"));
        assertThat(report.subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.suppliedByCaller())
                        .containsExactlyInAnyOrder(
                                "parameter claim",
                                "parameter secret",
                                "parameter class",
                                "parameter image",
                                "parameter shared",
                                "parameter manifest",
                                "label team",
                                "the ServiceAccount"));
    }
}
