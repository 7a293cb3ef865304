package io.jenkins.plugins.argopreflight.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class CollectorTest {

    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build, namespace: ci}
        spec:
          entrypoint: main
          serviceAccountName: builder
          templates:
          - name: main
            container: {image: registry.example.com/team/image:v1.2, command: [make]}
        """;
    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: build-1
          namespace: ci
          annotations: {workflows.argoproj.io/node-name: build}
        spec:
          serviceAccountName: builder
          containers:
          - {name: main, image: registry.example.com/team/image:v1.2}
        """;
    private static final String ACCOUNT = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: builder, namespace: ci}
        imagePullSecrets: [{name: regcred}]
        """;

    private final MemoryCluster cluster = MemoryCluster.of(ACCOUNT);

    private Facts collect(Fact<ClusterGateway> gateway, String manifests, String... names) {
        List<Document> documents = manifests.isEmpty() ? List.of() : new ManifestReader().read("w.yaml", manifests);
        WorkflowRequest workflows = new WorkflowRequest(documents, "ci", "argo", Optional.empty(), List.of());
        return new Collector(gateway, true, new NoRegistry(), 4)
                .collect(new CollectRequest(workflows, List.of(names), Optional.empty(), "", List.of()));
    }

    private Facts collect(String manifests, String... names) {
        return collect(Fact.known(cluster), manifests, names);
    }

    @Test
    void shouldReportWhoSubmitsAndToWhichKubernetes() {
        Facts facts = collect(WORKFLOW);
        assertThat(facts.submitter().ifKnown().orElseThrow().user()).isEqualTo("kubernetes-admin");
        assertThat(facts.kubernetes()).isEqualTo(Fact.known("v1.34.4"));
        assertThat(facts.workflows())
                .singleElement()
                .satisfies(workflow -> assertThat(workflow.pods()).hasSize(1));
    }

    @Test
    void shouldTakeAGivenPodForOneThatArgoMade() {
        WorkflowFacts given = collect(POD).workflows().get(0);
        assertThat(given.document().kind()).isEqualTo("Pod");
        ArgoPod pod = given.pods().get(0);
        assertThat(pod.name()).isEqualTo("build-1");
        assertThat(pod.nodeNames()).containsExactly("build");
        assertThat(pod.spec().at("/imagePullSecrets/0/name").asText()).isEqualTo("regcred");
        assertThat(pod.origin("spec.containers[main].image").location().orElseThrow())
                .hasToString("w.yaml:10:18");
        assertThat(pod.origin("spec.containers[main].image").path()).isEqualTo("spec.containers[0].image");
        assertThat(pod.origin("spec.imagePullSecrets").source()).hasToString("ServiceAccount, by admission");
    }

    @Test
    void shouldReportOfAGivenPodThatItsServiceAccountIsMissing() {
        Facts facts = collect(POD.replace("builder", "nobody"));
        assertThat(facts.workflows().get(0).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("serviceaccount \"nobody\" not found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow/build",
                "workflows/build",
                "wf/build",
                "Workflow/build",
                "workflows.argoproj.io/build",
                "workflow/build,wf/build"
            })
    void shouldReadAWorkflowByName(String names) {
        cluster.load(WORKFLOW);
        assertThat(collect("", names.split(",")).workflows())
                .singleElement()
                .satisfies(workflow -> assertThat(workflow.pods()).hasSize(1));
    }

    @Test
    void shouldJudgeBothFilesAndNames() {
        cluster.load(POD);
        assertThat(collect(WORKFLOW, "po/build-1").workflows())
                .extracting(workflow -> workflow.document().kind())
                .containsExactly("Workflow", "Pod");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wf/build    | workflows.argoproj.io \"build\" not found in namespace ci",
                "pod/x       | pods \"x\" not found in namespace ci",
                "cwft/x      | clusterworkflowtemplates.argoproj.io \"x\" not found",
                "build       | \"build\" is no name of an object: write KIND/NAME",
                "wf/         | \"wf/\" is no name of an object: write KIND/NAME",
                "job/x       | kind \"job\" cannot be checked; kinds that can: workflow, workflowtemplate",
            })
    void shouldRefuseNamesOfNothing(String name, String message) {
        assertThatThrownBy(() -> collect("", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseWhatHoldsNothingToJudge() {
        assertThatThrownBy(() -> collect(ACCOUNT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing to check")
                .hasMessageContaining("ServiceAccount");
    }

    @Test
    void shouldReportWhichNameCouldNotBeRead() {
        cluster.deny(Right.of("get", "argoproj.io", "workflows", "ci"));
        Facts facts = collect("", "wf/build");
        assertThat(facts.workflows()).isEmpty();
        assertThat(facts.unseen())
                .filteredOn(Unavailable::asked)
                .singleElement()
                .satisfies(unseen -> {
                    assertThat(unseen.fact()).isEqualTo("Workflow \"build\", which was requested");
                    assertThat(unseen.missingRight().orElseThrow())
                            .hasToString("get workflows.argoproj.io \"build\" in namespace ci");
                });
    }

    @Test
    void shouldReportThatThereIsNoCluster() {
        Facts facts = collect(Fact.unknown("no kubeconfig"), WORKFLOW);
        assertThat(facts.workflows().get(0).pods()).hasSize(1);
        assertThat(facts.unseen().get(0)).isEqualTo(Unavailable.of(Unavailable.Source.CLUSTER, "no kubeconfig", true));
    }

    @Test
    void shouldJudgePodsByThePodSecurityThatWasAskedForWithoutAnyCluster() {
        List<Document> documents = new ManifestReader().read("w.yaml", WORKFLOW);
        WorkflowRequest workflows = new WorkflowRequest(documents, "ci", "argo", Optional.empty(), List.of());
        Facts facts = new Collector(Fact.unknown("no cluster was asked"), false, new NoRegistry(), 4)
                .collect(new CollectRequest(workflows, List.of(), Optional.empty(), "restricted:v1.34", List.of()));
        assertThat(facts.admissions())
                .filteredOn(admission -> admission.pod().isPresent())
                .isNotEmpty()
                .allSatisfy(admission -> assertThat(admission
                                .refusal()
                                .ifKnown()
                                .orElseThrow()
                                .orElseThrow()
                                .message())
                        .contains("violates PodSecurity \"restricted:v1.34\": allowPrivilegeEscalation != false"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1.33.4 | baseline   | false",
                "v1.34.4 | baseline   | true",
                "v1.34.4 | restricted | true",
                "v1.35.0 | restricted | false",
            })
    void shouldJudgePodsByThePodSecurityOfTheClustersVersion(String kubernetes, String level, boolean refused) {
        String pod = POD.replace(
                "v1.2}",
                level.equals("baseline")
                        ? "v1.2, readinessProbe: {httpGet: {host: example.com, port: 80}}}"
                        : "v1.2, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]},"
                                + " seccompProfile: {type: RuntimeDefault}}}\n  hostUsers: false");
        List<Document> documents = new ManifestReader().read("w.yaml", pod);
        WorkflowRequest workflows = new WorkflowRequest(documents, "ci", "argo", Optional.empty(), List.of());
        Facts facts = new Collector(Fact.unknown("no cluster was asked"), false, new NoRegistry(), 4)
                .collect(new CollectRequest(workflows, List.of(), Optional.of(kubernetes), level, List.of()));
        assertThat(facts.admissions())
                .singleElement()
                .satisfies(admission ->
                        assertThat(admission.refusal().ifKnown().isPresent()).isEqualTo(refused));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpu     | gce://p/eu-1b/n1 | default | 1",
                "default | gce://p/eu-1b/n1 | default | 0",
                "gpu     | kind://docker/n1 | default | 0",
                "gpu     | ''               | default | 0",
                "gpu     | aws:///eu-1a/i-1 | default, karpenter.sh/nodepool: general | 0",
            })
    void shouldAskForTheAutoscalerOnlyWhereNoNodeOfACloudFits(String pool, String machine, String labels, int asked) {
        cluster.load("""
            apiVersion: v1
            kind: Node
            metadata: {name: n1, labels: {pool: %s}}
            spec: {providerID: "%s"}
            """.formatted(labels, machine));
        collect(WORKFLOW.replace("  templates:", "  nodeSelector: {pool: " + pool + "}\n  templates:"));
        assertThat(cluster.requests())
                .filteredOn(request -> request.contains("cluster-autoscaler-status"))
                .hasSize(asked);
    }

    @Test
    void shouldTakeTheVersionOfTheExecutorWhereNothingElseSaysIt() {
        cluster.load("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: workflow-controller-configmap, namespace: argo}
            data: {executor: "image: mirror.example.com/argoproj/argoexec:v3.5.8"}
            """);
        Facts facts = collect(WORKFLOW);
        assertThat(facts.controller().version()).hasToString("v3.5.8");
        assertThat(facts.unseen())
                .extracting(Unavailable::fact)
                .contains("Argo's version (taken as v3.5.8, the tag of the executor image; give --argo-version)");
        cluster.load("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: workflow-controller-configmap, namespace: argo}
            data: {executor: "image: mirror.example.com/own/executor:v1.2.3"}
            """);
        assertThat(collect(WORKFLOW).controller().version()).isEqualTo(ArgoVersion.NEWEST);
    }
}
