package io.jenkins.plugins.argopreflight.engine.facts.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The state that a preflight and a diagnosis record, and the part of it that changes between two builds. */
@ExtendWith(InRun.class)
class RecordedStateTest {

    private static final String SPEC = """
        spec:
          entrypoint: main
          serviceAccountName: build
          templates:
          - name: main
            container: {image: registry.example.com/app:1, command: [make]}
        """;
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: ci}
        """ + SPEC;

    /** The password is "secret". */
    private static final String OBJECTS = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: build, namespace: ci}
        imagePullSecrets: [{name: regcred}]
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: regcred, namespace: ci}
        type: kubernetes.io/dockerconfigjson
        stringData:
          .dockerconfigjson: '{"auths":{"registry.example.com":{"username":"team","password":"secret"}}}'
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: pods, namespace: ci}
        spec: {hard: {pods: "10"}}
        """;

    private final MemoryCluster cluster = MemoryCluster.of(OBJECTS);

    private Report preflight(String digest) {
        return new Preflight(Fact.known(cluster), registry(digest), 4)
                .run(Requests.of(new ManifestReader().read("w.yaml", WORKFLOW), "ci", "argo"));
    }

    private static RegistrySnapshot registry(String digest) {
        String file = """
            registries:
            - registry: registry.example.com
              authentication: basic
              validCredentials: [{username: team, password: secret}]
              repositories:
              - {repository: app, tags: [{tag: "1", digest: "sha256:%s"}]}
            """.formatted(digest.repeat(32));
        return new RegistrySnapshot(
                new ManifestReader().read("registry.yaml", file).get(0), RegistrySettings.defaults());
    }

    private void change(Resource resource, String name) {
        ObjectNode object = cluster.get(resource, "ci", name).orElseThrow().deepCopy();
        KubeObjects.metadata(object).putObject("labels").put("changed", "yes");
        cluster.replace(resource, object, WriteMode.REAL);
    }

    private static List<String> messages(RecordedState before, RecordedState now) {
        return StateComparison.of(before, now).changes().stream()
                .map(Change::message)
                .toList();
    }

    @Test
    void shouldNotShowThatAnAutoscalerWroteItsStatusAgain() {
        cluster.load("""
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            spec: {providerID: "gce://p/eu-1b/n1", unschedulable: true}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: cluster-autoscaler-status, namespace: kube-system}
            data: {status: Running}
            """);
        RecordedState before = preflight("ab").recorded();
        ObjectNode status = cluster.get(Resource.CONFIG_MAPS, "kube-system", "cluster-autoscaler-status")
                .orElseThrow()
                .deepCopy();
        status.putObject("data").put("status", "Running still");
        cluster.replace(Resource.CONFIG_MAPS, status, WriteMode.REAL);

        assertThat(messages(before, preflight("ab").recorded())).isEmpty();
        cluster.delete(Resource.CONFIG_MAPS, "kube-system", "cluster-autoscaler-status", "", "", WriteMode.REAL);
        assertThat(messages(before, preflight("ab").recorded())).hasSize(1);
    }

    @Test
    void shouldShowWhatChangedBetweenTwoPreflights() {
        Report before = preflight("ab");
        change(Resource.SECRETS, "regcred");
        change(Resource.SERVICE_ACCOUNTS, "build");
        Report after = preflight("cd");

        assertThat(messages(before.recorded(), after.recorded()))
                .containsExactly(
                        "Image registry.example.com/app:1 has another digest (sha256:abab… → sha256:cdcd…)",
                        "Secret ci/regcred was changed",
                        "ServiceAccount ci/build was changed");
    }

    @Test
    void shouldNotCompareWhatCouldNotBeReadAgain() {
        Report before = preflight("ab");
        change(Resource.SECRETS, "regcred");
        cluster.deny(Right.of("*", "", "secrets", "ci"));

        assertThat(messages(before.recorded(), preflight("ab").recorded())).isEmpty();
    }

    @Test
    void shouldRecordWhatADiagnosisReads() {
        RecordedState before = preflight("ab").recorded();
        cluster.load("""
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build-x7k2p, namespace: ci}
            """ + SPEC + """
            status: {phase: Failed, message: failed}
            """);
        ObjectNode quota = cluster.get(Resource.RESOURCE_QUOTAS, "ci", "pods")
                .orElseThrow()
                .deepCopy();
        quota.withObject("/spec/hard").put("pods", "0");
        cluster.replace(Resource.RESOURCE_QUOTAS, quota, WriteMode.REAL);
        StateRecorder recorder = new StateRecorder();

        new Diagnose(recorder.around(cluster), recorder.around(registry("ab")), 4)
                .run(DiagnoseRequest.of("ci", "build-x7k2p", "argo"));

        assertThat(messages(before, recorder.state())).containsExactly("ResourceQuota ci/pods: pods 10 → 0");
    }
}
