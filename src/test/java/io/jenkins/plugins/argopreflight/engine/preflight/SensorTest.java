package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.text.PodsText;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workflows in Sensors of Argo Events. */
@ExtendWith(InRun.class)
class SensorTest {

    private static final String SENSOR = """
            apiVersion: argoproj.io/v1alpha1
            kind: Sensor
            metadata: {name: webhook, namespace: events}
            spec:
              template: {serviceAccountName: submitter}
              dependencies: [{name: push, eventSourceName: github, eventName: push}]
              triggers:
            """;
    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              arguments: {parameters: [{name: tag, value: PLACEHOLDER}, {name: target}]}
              templates:
              - name: main
                container:
                  image: "registry.example.com/team/image:{{workflow.parameters.tag}}"
                  command: [make, "{{workflow.parameters.target}}"]
            """;
    private static final String NAMESPACES = """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Namespace, metadata: {name: ci}}
            - {apiVersion: v1, kind: Namespace, metadata: {name: events}}
            """;

    private static String trigger(String type, String source, String... more) {
        return "  - template:\n      name: build\n      " + type + ":\n        source:\n" + source.indent(10)
                + Stream.of(more).map(each -> each.indent(8)).reduce("", String::concat);
    }

    private static String resource(String workflow) {
        return "resource:\n" + workflow.indent(2);
    }

    private static String parameter(String destination) {
        return "- {src: {dependencyName: push, dataKey: body.ref}, dest: \"" + destination + "\"}\n";
    }

    private static final String TARGET = "parameters:\n" + parameter("spec.arguments.parameters.1.value");

    private static List<Document> documents(String file) {
        return new ManifestReader().read("sensor.yaml", file);
    }

    private static Report check(String file) {
        return Remediation.inShell(new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 4)
                .askingCluster(false)
                .askingRegistries(false)
                .run(Requests.of(documents(file), "default", "argo")));
    }

    private static Report check(String file, MemoryCluster cluster) {
        return Remediation.inShell(new Preflight(Fact.known(cluster), new NoRegistry(), 4)
                .askingRegistries(false)
                .run(Requests.of(documents(file), "default", "argo")));
    }

    private static List<String> failures(Report report) {
        return report.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL)
                .map(Finding::title)
                .toList();
    }

    private static List<String> images(Report report) {
        return report.pulls().stream()
                .map(row -> row.image())
                .filter(image -> !image.contains("argoexec"))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"argoWorkflow", "k8s"})
    void shouldReadAWorkflowThatStandsInATrigger(String type) {
        Report report = check(SENSOR + trigger(type, resource(WORKFLOW), TARGET));
        assertThat(failures(report)).isEmpty();
        assertThat(report.subjects()).singleElement().satisfies(subject -> {
            assertThat(subject.file()).isEqualTo("sensor.yaml");
            assertThat(subject.line()).isEqualTo(12);
            assertThat(subject.kind()).isEqualTo("Workflow");
            assertThat(subject.namespace()).isEqualTo("ci");
            assertThat(subject.name()).isEqualTo("build-");
            assertThat(subject.triggers()).containsExactly("trigger build of Sensor webhook");
        });
        assertThat(images(report)).containsExactly("registry.example.com/team/image:PLACEHOLDER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource", "inline"})
    void shouldFindWhatIsWrongAtItsLineOfTheSensor(String place) {
        String wrong = WORKFLOW.replace("entrypoint: main", "entrypoint: absent");
        String source = place.equals("inline") ? "inline: |\n" + wrong.indent(2) : resource(wrong);
        String file = SENSOR + trigger("argoWorkflow", source, TARGET);
        long line = file.lines().takeWhile(each -> !each.contains("absent")).count() + 1;
        Report report = check(file);
        assertThat(report.findings().get(0)).satisfies(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(finding.message()).contains("absent");
            assertThat(finding.subject().file()).isEqualTo("sensor.yaml");
            assertThat(finding.subject().line()).isEqualTo((int) line);
        });
        assertThat(new Sarif().render(report))
                .contains("\"startLine\" : " + line)
                .contains("sensor.yaml");
        assertThat(new JUnitXml().render(report)).contains("sensor.yaml:" + line);
        assertThat(new PreflightText(Style.PLAIN).render(report)).contains("sensor.yaml:" + line);
        assertThat(new PreflightJson().render(report)).contains("\"trigger build of Sensor webhook\"");
    }

    @Test
    void shouldTakeValuesOfEventsAsKnownLater() {
        String parameters = "parameters:\n"
                + parameter("spec.arguments.parameters.0.value")
                + parameter("spec.arguments.parameters.1.value")
                + parameter("metadata.labels.team")
                + "- {src: {dependencyName: push, dataKey: body.name}, dest: metadata.generateName, operation: append}\n";
        Report report = check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), parameters));
        assertThat(failures(report)).isEmpty();
        assertThat(images(report))
                .containsExactly("registry.example.com/team/image:{{event:spec.arguments.parameters.0.value}}");
        String pods = new PodsText()
                .render(new PodsReader(Fact.unknown("no cluster"), false, 4)
                        .of(new WorkflowRequest(
                                documents(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), parameters)),
                                "ci",
                                "argo",
                                Optional.empty(),
                                List.of())));
        assertThat(pods)
                .contains(
                        "{{event:spec.arguments.parameters.0.value}}: the trigger of the Sensor sets it from the event")
                .contains("name: \"build-*\"");
    }

    @Test
    void shouldTakeAValueThatHangsOnNoEventAsItIs() {
        String parameters =
                "parameters:\n- {src: {dependencyName: push, value: v7}, dest: spec.arguments.parameters.0.value}\n"
                        + parameter("spec.arguments.parameters.1.value");
        assertThat(images(check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), parameters))))
                .containsExactly("registry.example.com/team/image:v7");
    }

    @Test
    void shouldReportAValueThatNoEventSets() {
        assertThat(failures(check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW)))))
                .contains("Parameter target has no value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec.templates.0",
                "spec.templates.*.name",
                "metadata.namespace",
                "spec.arguments.parameters.9.value",
                "kind"
            })
    void shouldNotJudgeAWorkflowOfWhichAnEventDecidesMoreThanTexts(String destination) {
        Report report =
                check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), "parameters:\n" + parameter(destination)));
        assertThat(failures(report)).isEmpty();
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(report.unknown()).anySatisfy(row -> {
            assertThat(row.fact()).isEqualTo("the workflow of trigger build of Sensor webhook");
            assertThat(row.reason()).isEqualTo("an event decides " + destination);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec.priority",
                "spec.suspend",
                "spec.templates.0.parallelism",
                "spec.templates.0.container.resources.limits.cpu"
            })
    void shouldJudgeTheRestOfAWorkflowOfWhichAnEventDecidesANumber(String destination) {
        String parameters = TARGET + parameter(destination);
        Report report = check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), parameters));
        assertThat(failures(report)).isEmpty();
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(report.subjects()).hasSize(1);
        assertThat(report.unknown()).anySatisfy(row -> {
            assertThat(row.fact()).isEqualTo(destination + " in the workflow of trigger build of Sensor webhook");
            assertThat(row.reason()).isEqualTo("an event decides the value; the rest of the workflow is checked");
        });
        String wrong = WORKFLOW.replace("entrypoint: main", "entrypoint: nope");
        assertThat(failures(check(SENSOR + trigger("k8s", resource(wrong), parameters))))
                .contains("Template nope not found");
    }

    @Test
    void shouldRemoveAPlaceholderThatIsNoNumber() {
        String workflow = WORKFLOW.replace("entrypoint: main", "entrypoint: main\n  priority: PLACEHOLDER");
        assertThat(failures(check(
                        SENSOR + trigger("argoWorkflow", resource(workflow), TARGET + parameter("spec.priority")))))
                .isEmpty();
    }

    @Test
    void shouldNotReportOtherObjectsOfWhichAnEventDecidesMoreThanTexts() {
        String job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {parallelism: 1}\n";
        String other = trigger("k8s", resource(job)) + "    parameters:\n"
                + parameter("k8s.source.resource.spec.parallelism").indent(4);
        Report report = check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), TARGET) + other);
        assertThat(report.unknown()).noneMatch(row -> row.fact().contains("trigger"));
    }

    @Test
    void shouldNotJudgeAFieldThatIsNestedTooDeeply() {
        String deep = "spec" + ".a".repeat(60_000);
        Report report = check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), "parameters:\n" + parameter(deep)));
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(report.unknown())
                .anySatisfy(row -> assertThat(row.reason())
                        .startsWith("an event decides spec.a.a")
                        .hasSizeLessThan(200));
    }

    @Test
    void shouldSetTextsOfSeveralParameters() {
        String parameters = TARGET
                + "- {src: {value: b}, dest: spec.arguments.parameters.0.value, operation: append}\n"
                + "- {src: {value: a}, dest: spec.arguments.parameters.0.value, operation: prepend}\n"
                + "- {src: {value: c}, dest: \"spec.arguments.parameters.0.:value\", operation: append}\n";
        assertThat(images(check(SENSOR + trigger("argoWorkflow", resource(WORKFLOW), parameters))))
                .containsExactly("registry.example.com/team/image:aPLACEHOLDERbc");
    }

    private static final String SUBMITTED = WORKFLOW.replace("{name: target}", "{name: target, value: all}");

    @ParameterizedTest
    @ValueSource(strings = {"--entrypoint, nope", "--entrypoint=nope"})
    void shouldApplyTheEntrypointOfTheArguments(String arguments) {
        String args = "args: [" + arguments + "]";
        assertThat(failures(check(SENSOR + trigger("argoWorkflow", resource(SUBMITTED), args))))
                .contains("Template nope not found");
        assertThat(failures(check(SENSOR + trigger("argoWorkflow", resource(FROM), "operation: submit-from", args)
                        + "---\n" + TEMPLATE.replace("{name: target}", "{name: target, value: all}"))))
                .contains("Template nope not found");
        assertThat(failures(check(SENSOR + trigger("k8s", resource(SUBMITTED), args))))
                .isEmpty();
    }

    @Test
    void shouldApplyTheAccountAndTheNamespaceOfTheArguments() {
        String args = "args: [--serviceaccount, builder, -n, other]";
        Report report = check(SENSOR + trigger("argoWorkflow", resource(SUBMITTED), args));
        assertThat(report.pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.serviceAccount()).isEqualTo("builder"));
        assertThat(report.subjects().get(0).namespace()).isEqualTo("ci");
        assertThat(check(SENSOR + trigger("argoWorkflow", resource(SUBMITTED.replace(", namespace: ci", "")), args))
                        .subjects()
                        .get(0)
                        .namespace())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f, values.yaml", "-fvalues.yaml", "--parameter-file=values.yaml"})
    void shouldNotPassAWorkflowWithArgumentsThatCannotBeRead(String arguments) {
        Report report = check(SENSOR + trigger("argoWorkflow", resource(SUBMITTED), "args: [" + arguments + "]"));
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(report.unknown())
                .anySatisfy(row -> assertThat(row.fact())
                        .isEqualTo("argument " + arguments.split(",")[0] + " of trigger build of Sensor webhook"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"argoWorkflow.args.0", "argoWorkflow.args"})
    void shouldNotPassAWorkflowWithArgumentsOfAnEvent(String destination) {
        String sensor = SENSOR + trigger("argoWorkflow", resource(SUBMITTED)) + "    parameters:\n"
                + parameter(destination).indent(4);
        assertThat(check(sensor).result()).isEqualTo(RunResult.UNCHECKED);
    }

    @Test
    void shouldApplyParametersOfTheTriggerItself() {
        String file = SENSOR + trigger("argoWorkflow", resource(WORKFLOW), TARGET)
                + "    parameters:\n"
                + parameter("argoWorkflow.source.resource.spec.arguments.parameters.0.value")
                        .indent(4)
                + parameter("name").indent(4);
        assertThat(images(check(file)))
                .containsExactly("registry.example.com/team/image:{{event:argoWorkflow.source.resource.spec.arguments"
                        + ".parameters.0.value}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git: {url: \"https://git.example.com/a.git\", filePath: a.yaml}",
                "url: {path: \"https://www.example.com/a.yaml\"}",
                "s3: {endpoint: \"s3.example.com\", bucket: {name: a, key: b}}",
                "file: {path: /a.yaml}"
            })
    void shouldReportWhatIsNeededForASourceThatOnlyAnEventReads(String source) {
        Report report = check(SENSOR + trigger("argoWorkflow", source));
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(report.unknown()).anySatisfy(row -> {
            assertThat(row.fact()).isEqualTo("the workflow of trigger build of Sensor webhook");
            assertThat(row.reason())
                    .isEqualTo("its source is " + source.split(":")[0]
                            + ", which Argo Events reads when an event comes; give the file of the workflow to have it"
                            + " checked");
        });
    }

    @Test
    void shouldReadTheConfigMapInTheNamespaceOfTheSensor() {
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: stored, namespace: events}\ndata:\n  wf: |\n"
                + WORKFLOW.indent(4);
        String source = "configmap: {name: stored, key: wf}";
        String sensor = SENSOR + trigger("argoWorkflow", source, TARGET);
        MemoryCluster cluster = MemoryCluster.of(NAMESPACES, map);
        assertThat(images(check(sensor, cluster))).containsExactly("registry.example.com/team/image:PLACEHOLDER");
        assertThat(images(check(sensor + "---\n" + map)))
                .containsExactly("registry.example.com/team/image:PLACEHOLDER");
        assertThat(failures(check(sensor, MemoryCluster.of(NAMESPACES))))
                .containsExactly("ConfigMap \"stored\" not found (trigger build of Sensor webhook)");
        assertThat(failures(check(sensor.replace("key: wf", "key: other"), cluster)))
                .singleElement()
                .asString()
                .startsWith("ConfigMap \"stored\" does not have the key 'other'");
        cluster.deny(Right.of("get", "", "configmaps", "events").named("stored"));
        Report report = check(sensor, cluster);
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(report.unknown()).anySatisfy(row -> {
            assertThat(row.fact())
                    .isEqualTo(
                            "the workflow of trigger build of Sensor webhook (key wf of ConfigMap stored in namespace"
                                    + " events)");
            assertThat(row.missingRight()).isEqualTo("get configmaps \"stored\" in namespace events");
        });
        assertThat(report.missingRole()).contains("configmaps");
    }

    private static final String OTHER_CONTENT = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: app, namespace: events}
            data:
              a: |
                dbpassword: hunter2
                metadata: topsecretA
                spec: {entrypoint: topsecretB, topsecretC: x}
              b.properties: |
                db.password=hunter2: topsecretD: x
              c: |
                key: "hunter3
            """;

    @ParameterizedTest
    @CsvSource({"argoWorkflow, a", "argoWorkflow, b.properties", "argoWorkflow, c", "k8s, b.properties", "k8s, c"})
    void shouldReportNoContentOfAConfigMapThatHoldsNoWorkflow(String type, String key) {
        String sensor = SENSOR + trigger(type, "configmap: {name: app, key: " + key + "}");
        Report report = check(sensor, MemoryCluster.of(NAMESPACES, OTHER_CONTENT));
        assertThat(failures(report))
                .singleElement()
                .asString()
                .startsWith("ConfigMap app, key " + key + ", is no workflow (trigger build of");
        assertThat(new PreflightJson().render(report))
                .doesNotContain("hunter", "topsecret", "dbpassword", "mapping values");
    }

    @Test
    void shouldReportNoContentOfAnotherObjectOfTheCluster() {
        String sensor = SENSOR + trigger("k8s", "configmap: {name: app, key: a}");
        assertThatThrownBy(() -> check(sensor, MemoryCluster.of(NAMESPACES, OTHER_CONTENT)))
                .hasMessageContaining("has no trigger that makes a workflow");
    }

    @Test
    void shouldSayWhichTextIsNoYaml() {
        String sensor = SENSOR + trigger("argoWorkflow", "configmap: {name: app, key: b.properties}");
        String file = sensor + "---\n" + OTHER_CONTENT;
        long line = file.lines().takeWhile(each -> !each.contains("topsecretD")).count() + 1;
        assertThat(check(file).findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("ConfigMap app, key b.properties, is no YAML: sensor.yaml:" + line + ": "));
        assertThat(failures(check(SENSOR + trigger("argoWorkflow", "inline: |\n  key: a: b"))))
                .singleElement()
                .asString()
                .startsWith("The inline workflow is no YAML: sensor.yaml:13: ");
    }

    @Test
    void shouldShowAWorkflowWithWrongMetadataInTheNamespaceOfTheSensor() {
        String wrong = WORKFLOW.replace("metadata: {generateName: build-, namespace: ci}", "metadata: build");
        assertThat(check(SENSOR + trigger("argoWorkflow", resource(wrong), TARGET))
                        .subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.namespace()).isEqualTo("events"));
    }

    @Test
    void shouldReadAKeyOnceForAllTriggers() {
        String map =
                "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: stored, namespace: events}\ndata:\n  wf: |\n"
                        + SUBMITTED.indent(4);
        String source = "configmap: {name: stored, key: wf}";
        assertThat(charactersRead(SENSOR + trigger("k8s", source).repeat(50) + map))
                .isEqualTo(charactersRead(SENSOR + trigger("k8s", source) + map));
    }

    private static long charactersRead(String file) {
        List<Document> documents = documents(file);
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 4)
                    .askingCluster(false)
                    .askingRegistries(false)
                    .run(Requests.of(documents, "default", "argo"));
            return Budget.current().used(Limit.BYTES);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "argoWorkflow, resubmit",
        "argoWorkflow, resume",
        "argoWorkflow, stop",
        "k8s, update",
        "k8s, patch",
        "k8s, delete"
    })
    void shouldNotJudgeOtherOperations(String type, String operation) {
        String sensor = SENSOR + trigger(type, resource(WORKFLOW), "operation: " + operation);
        assertThatThrownBy(() -> check(sensor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sensor.yaml:1:1: Sensor webhook has no trigger that makes a workflow (argoWorkflow with"
                                + " operation submit or submit-from, k8s with operation create): there is nothing to check in it");
        assertThat(check(sensor + "---\n" + WORKFLOW.replace("{name: target}", "{name: target, value: all}"))
                        .subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.triggers()).isEmpty());
    }

    @Test
    void shouldNotJudgeOtherObjectsOfATrigger() {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n";
        assertThatThrownBy(() -> check(SENSOR + trigger("k8s", resource(pod))))
                .hasMessageContaining("Sensor webhook has no trigger that makes a workflow");
    }

    private static final String TEMPLATE =
            WORKFLOW.replace("kind: Workflow", "kind: WorkflowTemplate").replace("generateName: build-", "name: build");
    private static final String FROM =
            "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: build, namespace: ci}\n";

    @Test
    void shouldJudgeTheTemplateThatATriggerSubmits() {
        String sensor = SENSOR + trigger("argoWorkflow", resource(FROM), "operation: submit-from");
        assertThat(failures(check(sensor + "---\n" + TEMPLATE))).containsExactly("Parameter target has no value");
        assertThat(failures(check(sensor, MemoryCluster.of(NAMESPACES, TEMPLATE))))
                .contains("Parameter target has no value");
        String arguments = "args: [-p, target=all, --parameter, tag=v7]";
        Report report = check(SENSOR + trigger("argoWorkflow", resource(FROM), "operation: submit-from", arguments)
                + "---\n" + TEMPLATE);
        assertThat(failures(report)).isEmpty();
        assertThat(images(report)).containsExactly("registry.example.com/team/image:v7");
        assertThat(failures(check(sensor, MemoryCluster.of(NAMESPACES))))
                .contains("WorkflowTemplate \"build\" not found");
    }

    @Test
    void shouldTakeAnythingThatIsSubmittedAsAWorkflow() {
        Report report = check(SENSOR + trigger("argoWorkflow", resource(FROM)));
        assertThat(failures(report)).contains("spec.entrypoint is required");
        assertThat(report.subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.kind()).isEqualTo("Workflow"));
    }

    @Test
    void shouldJudgeTheCronWorkflowThatATriggerSubmits() {
        String cron = "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: build, namespace: ci}\n"
                + "spec:\n  schedules: [\"0 1 * * *\"]\n  workflowSpec:\n"
                + WORKFLOW.substring(WORKFLOW.indexOf("  entrypoint")).indent(2);
        String from = FROM.replace("WorkflowTemplate", "CronWorkflow");
        String sensor =
                SENSOR + trigger("argoWorkflow", resource(from), "operation: submit-from", "args: [\"-ptarget=all\"]");
        Report report = check(sensor, MemoryCluster.of(NAMESPACES, cron));
        assertThat(report.subjects()).singleElement().satisfies(subject -> {
            assertThat(subject.kind()).isEqualTo("CronWorkflow");
            assertThat(subject.triggers()).containsExactly("trigger build of Sensor webhook");
        });
        assertThat(failures(report)).doesNotContain("Parameter target has no value");
        // It also runs by its schedule, without the trigger's arguments.
        assertThat(failures(check(sensor + "---\n" + cron))).contains("Parameter target has no value");
        assertThat(failures(check(sensor, MemoryCluster.of(NAMESPACES))))
                .contains("CronWorkflow \"build\" not found (trigger build of Sensor webhook)");
    }

    @ParameterizedTest
    @CsvSource({"Workflow, invalid kind Workflow", "ClusterWorkflowTemplate, invalid kind ClusterWorkflowTemplate"})
    void shouldReportWhatArgoEventsDoesNotSubmitFrom(String kind, String words) {
        String from = FROM.replace("WorkflowTemplate", kind);
        assertThat(failures(check(SENSOR + trigger("argoWorkflow", resource(from), "operation: submit-from"))))
                .containsExactly(words + " (trigger build of Sensor webhook)");
    }

    private static List<String> rights(Report report) {
        return report.permissions().stream()
                .filter(row -> row.subject().equals("system:serviceaccount:events:submitter"))
                .filter(row -> row.party() == NeededRight.Party.SENSOR)
                .map(SensorTest::right)
                .toList();
    }

    private static String right(PermissionRow row) {
        return row.verb() + " " + row.resource() + (row.name().isEmpty() ? "" : " " + row.name()) + " in "
                + row.namespace();
    }

    @Test
    void shouldAskForTheRightsOfTheSensorsAccount() {
        String reference =
                WORKFLOW.substring(0, WORKFLOW.indexOf("spec:")) + "spec: {workflowTemplateRef: {name: build}}\n";
        MemoryCluster cluster = MemoryCluster.of(NAMESPACES, TEMPLATE);
        assertThat(rights(check(SENSOR + trigger("argoWorkflow", resource(reference)), cluster)))
                .containsExactly("create workflows in ci", "get workflowtemplates build in ci", "list workflows in ci");
        assertThat(rights(check(SENSOR + trigger("argoWorkflow", resource(FROM), "operation: submit-from"), cluster)))
                .containsExactly("create workflows in ci", "get workflowtemplates build in ci", "get workflows in ci");
        assertThat(rights(check(SENSOR + trigger("k8s", resource(WORKFLOW), TARGET), cluster)))
                .containsExactly("create workflows in ci");
        assertThat(rights(check(SENSOR + trigger("k8s", resource(TEMPLATE)), cluster)))
                .containsExactly("create workflowtemplates in ci");
        assertThat(check(SENSOR + trigger("k8s", resource(WORKFLOW), TARGET), cluster)
                        .permissions())
                .noneMatch(row -> row.party() == NeededRight.Party.SUBMITTER);
    }

    @Test
    void shouldReadEachTriggerOfEachSensor() {
        String other = SENSOR.replace("name: webhook", "name: other")
                .replace("namespace: events", "labels: {}")
                .replace("  template: {serviceAccountName: submitter}\n", "");
        String file = SENSOR
                + trigger("argoWorkflow", resource(WORKFLOW), TARGET)
                + trigger("k8s", resource(WORKFLOW.replace(", namespace: ci", "")), TARGET)
                        .replace("name: build\n", "name: second\n")
                + "    dlqTrigger:\n"
                + trigger("k8s", resource(WORKFLOW), TARGET)
                        .replaceFirst("  - ", "    ")
                        .indent(2)
                + "---\n" + other + trigger("k8s", resource(WORKFLOW.replace(", namespace: ci", "")), TARGET);
        Report report = check(file);
        assertThat(failures(report)).isEmpty();
        assertThat(report.subjects().stream()
                        .map(subject -> subject.namespace() + ": " + String.join(", ", subject.triggers())))
                .containsExactly(
                        "ci: trigger build of Sensor webhook",
                        "events: trigger second of Sensor webhook",
                        "ci: trigger build of Sensor webhook",
                        "default: trigger build of Sensor other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggers: 5",
                "triggers: [5, null, {}, {template: 5}, {template: {k8s: 5}}, {template: {k8s: {source: 5}}}]",
                "triggers: [{template: {argoWorkflow: {source: {inline: 5}}}}]",
                "triggers: [{template: {argoWorkflow: {source: {inline: \"{\"}}}}]",
                "triggers: [{template: {argoWorkflow: {source: {resource: {metadata: 5, kind: Workflow}}}}}]",
                "triggers: [{template: {argoWorkflow: {source: {resource: {metadata: {labels: 5}}}}}}]",
                "triggers: [{template: {argoWorkflow: {source: {resource: {}}, parameters: [5, {dest: ..}, {dest: a.-1.9}]}}}]",
                "triggers: [{parameters: [{dest: argoWorkflow}], template: {argoWorkflow: {source: {resource: {}}}}}]",
                "triggers: [{template: {argoWorkflow: {operation: submit-from, args: [-p], source: {resource: {}}}}}]",
                "triggers: [{template: {argoWorkflow: {source: {configmap: 5}}}}]",
            })
    void shouldReadAnySensor(String triggers) {
        String sensor =
                "apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: a}\nspec: {" + triggers + "}\n";
        assertThat(check(sensor + "---\n" + WORKFLOW.replace("{name: target}", "{name: target, value: all}"))
                        .subjects())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "argoWorkflow, x-common, FAIL",
        "argoWorkflow, entrypont, FAIL",
        "k8s, x-common, WARN",
        "k8s, entrypont, FAIL"
    })
    void shouldOnlyWarnOfAFieldThatTheApiServerRemoves(String type, String field, Outcome outcome) {
        String file = SENSOR + trigger(type, resource(WORKFLOW + "  " + field + ": main\n"), TARGET);
        assertThat(check(file).findings())
                .filteredOn(finding -> finding.title().equals("Unknown field " + field))
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(outcome));
    }

    @Test
    void shouldStayWithinTheNamespacesThatAnAdministratorAllows() {
        MemoryCluster cluster = MemoryCluster.of(NAMESPACES);
        ClusterGateway limited = new AccessLimits("cluster \"prod\"", List.of("ci"), "argo", true).around(cluster);
        Report report = Remediation.inShell(new Preflight(Fact.known(limited), new NoRegistry(), 4)
                .askingRegistries(false)
                .run(Requests.of(
                        documents(SENSOR + trigger("argoWorkflow", "configmap: {name: stored, key: wf}")),
                        "ci",
                        "argo")));
        assertThat(report.unknown())
                .anySatisfy(row -> assertThat(row.reason()).contains("not in allowedNamespaces of cluster \"prod\""));
        assertThat(cluster.requests()).noneMatch(request -> request.contains("events"));
    }

    @Test
    void shouldReportAKeyThatOccursTwiceOnce() {
        String file = SENSOR + trigger("argoWorkflow", resource(WORKFLOW + "  entrypoint: main\n"), TARGET);
        assertThat(check(file).findings().stream().filter(each -> each.check().equals("duplicate-key")))
                .hasSize(1);
    }
}
