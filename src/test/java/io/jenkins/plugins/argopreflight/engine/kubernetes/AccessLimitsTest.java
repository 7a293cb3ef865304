package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A preflight and a sync on a cluster of which an administrator allows some namespaces. */
@ExtendWith(InRun.class)
class AccessLimitsTest {

    private static final String CLUSTER = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ci-team, labels: {team: a}}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: production, labels: {team: a}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: hidden, namespace: production}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: workflow-controller-configmap, namespace: production}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: workflow-controller-configmap, namespace: argo}
        data: {config: "nodeEvents: {enabled: false}"}
        """;
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: %s}
        spec:
          entrypoint: main
          serviceAccountName: other
          workflowTemplateRef: {name: shared}
          volumes:
          - name: data
            secret: {secretName: hidden}
          templates:
          - name: main
            container: {image: registry.example.com/team/image:v1.2, command: [make]}
        """;
    private static final String ACTS_ELSEWHERE = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: ci-team}
        spec:
          entrypoint: main
          templates:
          - name: main
            resource:
              action: create
              manifest: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: x, namespace: production}
        """;

    private final MemoryCluster cluster = MemoryCluster.of(CLUSTER);

    private ClusterGateway within(String... namespaces) {
        return new AccessLimits("cluster \"prod\"", List.of(namespaces), "argo", true).around(cluster);
    }

    private Report preflight(String manifest, String namespace, String argoNamespace) {
        return new Preflight(Fact.known(within("ci-*")), new NoRegistry(), 4)
                .askingRegistries(false)
                .run(Requests.of(new ManifestReader().read("w.yaml", manifest), namespace, argoNamespace));
    }

    private void assertUnknownAndNothingAsked(Report report) {
        assertThat(cluster.requests()).noneMatch(request -> request.contains("production"));
        assertThat(report.findings())
                .filteredOn(finding -> finding.toString().contains("production"))
                .isNotEmpty()
                .allMatch(finding -> finding.outcome() == Outcome.UNKNOWN);
        assertThat(report.unknown().stream().map(Report.UnknownRow::reason).toList()
                        + report.permissions().toString()
                        + report.findings())
                .contains("namespace production is not in allowedNamespaces of cluster \"prod\"");
    }

    @Test
    void shouldAskNothingOfTheNamespaceOfAManifest() {
        assertUnknownAndNothingAsked(preflight(WORKFLOW.formatted("production"), "ci-team", "argo"));
    }

    @Test
    void shouldAskNothingOfTheNamespaceOfTheRequest() {
        assertUnknownAndNothingAsked(preflight(WORKFLOW.replace(", namespace: %s", ""), "production", "argo"));
    }

    @Test
    void shouldAskNothingOfTheNamespaceOfAnObjectInAManifest() {
        assertUnknownAndNothingAsked(preflight(ACTS_ELSEWHERE, "ci-team", "argo"));
    }

    @Test
    void shouldAskNothingOfAnotherNamespaceOfArgo() {
        assertUnknownAndNothingAsked(preflight(WORKFLOW.formatted("ci-team"), "ci-team", "production"));
    }

    @Test
    void shouldReadTheSettingsOfArgo() {
        preflight(WORKFLOW.formatted("ci-team"), "ci-team", "argo");
        assertThat(cluster.requests())
                .contains("get configmaps argo/workflow-controller-configmap")
                .noneMatch(request -> request.contains("secrets argo"));
    }

    private SyncReport sync(Ask ask) {
        return new RegistrySecretWriter(within("ci-*"), 4, Clock.systemUTC()).run(ask.request(), done -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?*", "*i*"})
    void shouldWriteOnlyWhatIsAllowedOfAGlob(String glob) {
        SyncReport report = sync(Ask.sync(glob));
        assertThat(report.namespaces()).extracting(NamespaceOutcome::namespace).containsExactly("ci-team");
        assertThat(report.namespaces().get(0).status()).isEqualTo(Status.CHANGED);
        assertThat(cluster.requests()).noneMatch(request -> request.contains("production"));
    }

    @Test
    void shouldWriteOnlyWhatIsAllowedOfASelector() {
        SyncReport report = sync(Ask.sync().selector("team=a"));
        assertThat(report.namespaces()).extracting(NamespaceOutcome::namespace).containsExactly("ci-team");
        assertThat(cluster.requests()).noneMatch(request -> request.contains("production"));
    }

    @Test
    void shouldRefuseANameAmongSeveral() {
        SyncReport report = sync(Ask.sync("ci-team", "production"));
        assertThat(report.namespaces()).extracting(NamespaceOutcome::status).contains(Status.CHANGED, Status.REFUSED);
        assertThat(report.namespaces().get(1).message())
                .isEqualTo("namespace production is not in allowedNamespaces of cluster \"prod\"");
        assertThat(cluster.requests()).noneMatch(request -> request.contains("production"));
    }

    @Test
    void shouldRefuseTheOnlyName() {
        assertThat(sync(Ask.sync("production")).namespaces().get(0).message())
                .isEqualTo("namespace production is not in allowedNamespaces of cluster \"prod\"");
    }

    @Test
    void shouldSayThatAGlobMeetsOnlyNamespacesThatAreNotAllowed() {
        Ask ask = Ask.sync("prod*");
        assertThatThrownBy(() -> sync(ask))
                .hasMessageContaining("namespaces \"prod*\" matches none of the namespaces that are in"
                        + " allowedNamespaces of cluster \"prod\"");
    }

    @Test
    void shouldWriteNothingWhereWritesAreNotAllowed() {
        ClusterGateway readOnly = new AccessLimits("cluster \"prod\"", List.of(), "argo", false).around(cluster);
        SyncReport report = new RegistrySecretWriter(readOnly, 4, Clock.systemUTC())
                .run(Ask.sync("ci-team").request(), done -> {});
        assertThat(report.namespaces().get(0).status()).isEqualTo(Status.FAILED);
        assertThat(report.namespaces().get(0).message()).contains("cluster \"prod\" allows no writes (allowWrites)");
        assertThat(cluster.requests()).noneMatch(request -> request.startsWith("create secrets"));
    }
}
