package io.jenkins.plugins.argopreflight.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.admission.ArgoNotInstalled;
import io.jenkins.plugins.argopreflight.engine.check.admission.ServerVerdict;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to dry runs that are not refusals of an API server. */
@ExtendWith(InRun.class)
class AdmissionsTest {

    private static final String NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: ci}}";
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build, namespace: ci}
        spec:
          entrypoint: main
          templates:
          - name: main
            steps: [[{name: a, template: make}], [{name: b, template: write}]]
          - name: make
            container: {image: registry.example.com/team/image:v1.2, command: [make]}
          - name: write
            resource:
              action: %s
              manifest: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: made}
        """;

    /** The message of such an answer, as of a proxy, is composed by the client, so its words decide nothing. */
    @ParameterizedTest
    @CsvSource({"FORBIDDEN, 1", "INVALID, 1", "NOT_FOUND, 1", "SERVER_ERROR, 0"})
    void shouldTakeNoAnswerWithoutAStatusForARefusal(Kind kind, int created) {
        String message = "POST https://is invalid: failed calling webhook \"a: HTTP 413 without a Kubernetes Status";

        Facts facts = ask("create", new ClusterException(kind, message), MemoryCluster.of(NAMESPACE), "create");

        assertThat(facts.admissions()).extracting(Admission::refusal).containsOnly(Fact.unknown(message));
        assertThat(facts.admissions())
                .hasSize(3 + created)
                .filteredOn(each -> each.created().isPresent())
                .hasSize(created);
        assertThat(new ServerVerdict().check(facts))
                .extracting(Finding::outcome)
                .containsOnly(Outcome.UNKNOWN);
        assertThat(new ArgoNotInstalled().check(facts)).isEmpty();
    }

    /** A server without the path of pods is not the API server of a cluster. */
    @Test
    void shouldReportAMissingInstallationOnlyForThePathOfWorkflows() {
        ClusterException absent =
                ClusterException.ofUnknownPath("POST https://a: HTTP 404 without a Kubernetes Status");

        Facts facts = ask("create", absent, MemoryCluster.of(NAMESPACE), "create");

        assertThat(new ArgoNotInstalled().check(facts))
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.FAIL));
        assertThat(facts.admissions())
                .filteredOn(each -> each.pod().isPresent() && each.created().isEmpty())
                .extracting(Admission::refusal)
                .containsOnly(Fact.unknown(absent.getMessage()));
    }

    /** The object exists, and the dry run of its change is not answered by the API server. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReportARefusedChangeOnlyIfTheApiServerRefusesIt(boolean isRefused) {
        String message = "ConfigMap \"made\" is invalid: data: Forbidden: field is immutable when `immutable` is set";
        ClusterException answer = isRefused
                ? ClusterException.refused(Kind.INVALID, AdmissionRefusal.parse(message, List.of()))
                : new ClusterException(Kind.INVALID, message);
        MemoryCluster cluster =
                MemoryCluster.of(NAMESPACE, "{apiVersion: v1, kind: ConfigMap, metadata: {name: made, namespace: ci}}");

        Facts facts = ask("replace", answer, cluster, "apply");

        assertThat(facts.admissions())
                .filteredOn(each -> each.created().isPresent())
                .extracting(each -> each.refusal().isUnknown())
                .containsExactly(!isRefused);
    }

    /** The message of another refusal can end like the one about an object that exists. */
    @ParameterizedTest
    @CsvSource({
        "ALREADY_EXISTS, jobs.batch \"made\" already exists, true",
        "ALREADY_EXISTS, AlreadyExists, true",
        "INVALID, the quota of jobs already exists, false"
    })
    void shouldKnowAnObjectThatExistsByTheKindOfTheAnswer(Kind kind, String message, boolean exists) {
        String manifest = WORKFLOW.replaceFirst("(?s)  - name: main.*(?=  - name: write)", "")
                .replace("entrypoint: main", "entrypoint: write")
                .replace("apiVersion: v1", "apiVersion: batch/v1")
                .replace("ConfigMap", "Job");
        MemoryCluster cluster =
                MemoryCluster.of(NAMESPACE, "{apiVersion: batch/v1, kind: Job, metadata: {name: made, namespace: ci}}");
        ClusterException answer = ClusterException.refused(kind, AdmissionRefusal.parse(message, List.of()));

        Facts facts = collect(manifest, "create", answer, cluster, "create");

        assertThat(new ServerVerdict().check(facts))
                .filteredOn(finding ->
                        finding.outcome() == Outcome.FAIL && finding.title().contains("Job made"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fixes().toString().contains("metadata.generateName"))
                        .isEqualTo(exists));
    }

    private static Facts ask(String method, ClusterException answer, ClusterGateway cluster, String action) {
        return collect(WORKFLOW, method, answer, cluster, action);
    }

    /** The webhook of the object answers 404, and the API server has the object's kind. */
    @Test
    void shouldNotTakeTheAnswerOfAWebhookForAMissingKind() {
        String message = "Internal error occurred: failed calling webhook \"vportal.kb.io\": failed to call webhook:"
                + " the server could not find the requested resource";
        ClusterException answer =
                ClusterException.refused(Kind.SERVER_ERROR, AdmissionRefusal.parse(message, List.of()));

        Facts facts = ask("create", answer, MemoryCluster.of(NAMESPACE), "create");

        assertThat(facts.admissions())
                .filteredOn(each -> each.created().isPresent())
                .extracting(each -> each.refusal().map(refusal -> refusal.map(AdmissionRefusal::message)))
                .containsExactly(Fact.known(Optional.of(message)));
    }

    /** Asks a cluster that gives this answer to the dry runs of a method. */
    private static Facts collect(
            String manifest, String method, ClusterException answer, ClusterGateway cluster, String action) {
        ClusterGateway gateway = (ClusterGateway) Proxy.newProxyInstance(
                ClusterGateway.class.getClassLoader(), new Class<?>[] {ClusterGateway.class}, (proxy, called, args) -> {
                    if (called.getName().equals(method) && args[2] == WriteMode.DRY_RUN) {
                        throw answer;
                    }
                    try {
                        return called.invoke(cluster, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        WorkflowRequest workflows = new WorkflowRequest(
                new ManifestReader().read("w.yaml", manifest.formatted(action)),
                "ci",
                "argo",
                ArgoVersion.parse("v4.0.5"),
                List.of());
        return new Collector(Fact.known(gateway), true, new NoRegistry(), 4)
                .collect(new CollectRequest(workflows, List.of(), Optional.empty(), "", List.of()));
    }
}
