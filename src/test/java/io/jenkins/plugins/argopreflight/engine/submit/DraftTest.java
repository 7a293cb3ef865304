package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class DraftTest {

    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, labels: {team: a}}
        spec:
          arguments: {parameters: [{name: tag, value: old}, {name: level, value: "3"}]}
          entrypoint: main
        """;

    private final MemoryCluster cluster = MemoryCluster.of("""
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: build, namespace: ci}
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: ClusterWorkflowTemplate
        metadata: {name: build}
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: CronWorkflow
        metadata: {name: nightly, namespace: ci, uid: u-1}
        spec:
          schedules: ["0 1 * * *"]
          workflowMetadata: {labels: {from: cron}}
          workflowSpec: {entrypoint: main}
        """);

    @Test
    void shouldGiveAWholeNameAndAnId() {
        Draft draft = draft(file(WORKFLOW), Map.of());

        assertThat(draft.name()).matches("build-[a-z0-9]{5}");
        assertThat(draft.fixedName()).isFalse();
        assertThat(draft.namespace()).isEqualTo("ci");
        assertThat(KubeObjects.labels(draft.workflow()))
                .containsEntry("team", "a")
                .containsEntry(Draft.ID, "id-1");
    }

    @Test
    void shouldPutGivenParametersBeforeTheWorkflowsOwn() {
        JsonNode parameters =
                draft(file(WORKFLOW), Map.of("tag", "v1")).workflow().at("/spec/arguments/parameters");

        assertThat(parameters)
                .hasToString("[{\"name\":\"tag\",\"value\":\"v1\"},{\"name\":\"level\",\"value\":\"3\"}]");
    }

    @ParameterizedTest
    @CsvSource({
        "workflowtemplate/build, workflow-template, '{\"name\":\"build\"}'",
        "wftmpl/build, workflow-template, '{\"name\":\"build\"}'",
        "clusterworkflowtemplate/build, cluster-workflow-template, '{\"name\":\"build\",\"clusterScope\":true}'"
    })
    void shouldReferToATemplate(String from, String label, String reference) {
        Draft draft = draft(List.of(), from, Map.of());

        assertThat(draft.name()).startsWith("build-");
        assertThat(KubeObjects.labels(draft.workflow())).containsEntry("workflows.argoproj.io/" + label, "build");
        assertThat(draft.workflow().at("/spec/workflowTemplateRef")).hasToString(reference);
    }

    @Test
    void shouldCopyWhatACronWorkflowRuns() {
        Draft draft = draft(List.of(), "cronwf/nightly", Map.of());

        assertThat(draft.workflow().at("/spec/entrypoint").asText()).isEqualTo("main");
        assertThat(KubeObjects.labels(draft.workflow()))
                .containsEntry("workflows.argoproj.io/cron-workflow", "nightly")
                .containsEntry("from", "cron");
        assertThat(draft.workflow().at("/metadata/ownerReferences/0/uid").asText())
                .isEqualTo("u-1");
    }

    @Test
    void shouldLabelItForTheControllersInstance() {
        cluster.load("{apiVersion: v1, kind: ConfigMap, metadata: {name: workflow-controller-configmap,"
                + " namespace: argo}, data: {instanceID: blue}}");

        Draft draft = draft(file(WORKFLOW), Map.of());

        assertThat(KubeObjects.labels(draft.workflow())).containsEntry(Draft.INSTANCE_ID, "blue");
        assertThat(draft.notes()).isEmpty();
    }

    /** The ConfigMap has the name that Helm gives it. */
    @Test
    void shouldLabelItForTheInstanceOfAConfigMapOfAnotherName() {
        controller("a", "blue");

        assertThat(KubeObjects.labels(draft(file(WORKFLOW), Map.of()).workflow()))
                .containsEntry(Draft.INSTANCE_ID, "blue");
    }

    @Test
    void shouldChooseNoneOfSeveralInstances() {
        controller("a", "blue");
        controller("b", "green");
        Draft draft = draft(file(WORKFLOW), Map.of());

        assertThat(KubeObjects.labels(draft.workflow())).doesNotContainKey(Draft.INSTANCE_ID);
        assertThat(draft.notes()).singleElement().asString().contains("have different instanceIDs");
    }

    @Test
    void shouldReportThatNeitherTheControllerNorItsSettingsAreThere() {
        cluster.deny(new Right("list", "apps", "deployments", "", "argo", ""));
        cluster.deny(new Right("get", "apps", "deployments", "", "argo", ""));

        assertThat(draft(file(WORKFLOW), Map.of()).notes())
                .singleElement()
                .asString()
                .contains("instanceID", "get deployments");
    }

    @Test
    void shouldShowTheWorkflowThatIsJudgedAsItWillBe() {
        controller("a", "blue");
        List<Document> written = file(WORKFLOW);
        Draft draft = Draft.of(
                cluster,
                new Submission(
                        written, "", "ci", "", "", Map.of(), Map.of("team", "b"), Map.of("build", "url"), "argo"),
                "id-1");
        Document judged = draft.in(written).get(0);

        assertThat(judged.root().path("metadata"))
                .hasToString("{\"generateName\":\"build-\",\"labels\":{\"team\":\"b\",\"" + Draft.INSTANCE_ID
                        + "\":\"blue\"},\"annotations\":{\"build\":\"url\"}}");
        assertThat(judged.root().path("spec")).isEqualTo(written.get(0).root().path("spec"));
        assertThat(judged.locate("spec.entrypoint")).isEqualTo(written.get(0).locate("spec.entrypoint"));
        assertThat(written.get(0).root().at("/metadata/labels/team").asText()).isEqualTo("a");
    }

    @Test
    void shouldJudgeTheNameThatIsGiven() {
        List<Document> written = file(WORKFLOW.replace("generateName: build-, ", ""));
        Submission submission = new Submission(written, "", "ci", "foo1", "", Map.of(), Map.of(), Map.of(), "argo");

        assertThat(Draft.of(cluster, submission, "id-1").in(written).get(0).name())
                .isEqualTo("foo1");
    }

    /** A preflight before it left things out, and the workflow is submitted all the same. */
    @Test
    void shouldBeMadeAfterTheRunUsedUpItsLimits() {
        controller("a", "blue");
        List<Document> written = file(WORKFLOW);
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.NODES, 20))) {
            assertThatExceptionOfType(OverBudget.class)
                    .isThrownBy(() -> Budget.current().charge(Limit.NODES, 21));

            assertThat(KubeObjects.labels(draft(written, Map.of()).workflow()))
                    .containsEntry(Draft.INSTANCE_ID, "blue");
        }
    }

    @Test
    void shouldRefuseWhatIsOverALimitOfTheRun() {
        controller("a", "blue");
        List<Document> written = file(WORKFLOW);
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.NODES, 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> draft(written, Map.of()))
                    .withMessageContaining("nodes=1");
        }
    }

    @Test
    void shouldRefuseLabelsThatAreNoMap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft(file(WORKFLOW.replace("{team: a}", "[a]")), Map.of()))
                .withMessage("metadata.labels of the workflow is no map");
    }

    private void controller(String name, String instance) {
        cluster.load("{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "-settings, namespace: argo},"
                + " data: {instanceID: " + instance + "}}");
        cluster.load("{apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name + ", namespace: argo}, spec:"
                + " {template: {spec: {containers: [{name: controller, command: [workflow-controller],"
                + " args: [--configmap, " + name + "-settings]}]}}}}");
    }

    @Test
    void shouldReportThatTheInstanceCouldNotBeChecked() {
        cluster.deny(new Right("get", "", "configmaps", "", "argo", ""));

        Draft draft = draft(file(WORKFLOW), Map.of());

        assertThat(KubeObjects.labels(draft.workflow())).doesNotContainKey(Draft.INSTANCE_ID);
        assertThat(draft.notes()).singleElement().asString().contains("cannot get resource \"configmaps\"");
    }

    @Test
    void shouldRefuseSeveralWorkflowsInOneFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> draft(file(WORKFLOW + "---\n" + WORKFLOW), Map.of()))
                .withMessageStartingWith("2 Workflows in wf.yaml (Workflow build-, Workflow build-)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflowtemplate/none", "pod/build", "build", "workflowtemplate/"})
    void shouldRefuseWhatIsNoSource(String from) {
        assertThatIllegalArgumentException().isThrownBy(() -> draft(List.of(), from, Map.of()));
    }

    private Draft draft(List<Document> documents, Map<String, String> parameters) {
        return draft(documents, "", parameters);
    }

    private Draft draft(List<Document> documents, String from, Map<String, String> parameters) {
        return Draft.of(
                cluster, new Submission(documents, from, "ci", "", "", parameters, Map.of(), Map.of(), "argo"), "id-1");
    }

    static List<Document> file(String yaml) {
        try {
            return new ManifestReader()
                    .read("wf.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
