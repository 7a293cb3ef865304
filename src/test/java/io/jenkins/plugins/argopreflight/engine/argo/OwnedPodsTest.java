package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class OwnedPodsTest {

    private static final String POD = "{spec: {containers: [{name: main, image: \"registry.example.com/i:1\"}]}}";

    private static Document document(String yaml) {
        return new ManifestReader().read("object.yaml", yaml).get(0);
    }

    private static List<ArgoPod> pods(String yaml) {
        return OwnedPods.of(
                document(yaml), "ci", (kind, namespace, name) -> Fact.unknown("not asked"), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apps/v1 | Deployment | replicas: 3, template: POD | x-* | 3",
                "apps/v1 | StatefulSet | template: POD | x-* | 1",
                "batch/v1 | Job | parallelism: 2, template: POD | x-* | 2",
                "batch/v1 | CronJob | jobTemplate: {spec: {template: POD}} | x-* | 1",
                "v1 | ReplicationController | replicas: 2, template: POD | x-* | 2",
                "kubeflow.org/v1 | PyTorchJob | pytorchReplicaSpecs: {Master: {template: POD}} | x-master-* | 1",
                "kubeflow.org/v1 | TFJob | tfReplicaSpecs: {Worker: {replicas: 4, template: POD}} | x-worker-* | 4",
                "ray.io/v1 | RayCluster | workerGroupSpecs: [{groupName: gpu, replicas: 2, template: POD}] | x-gpu-* | 2",
                "ray.io/v1 | RayJob | rayClusterSpec: {headGroupSpec: {template: POD}} | x-* | 1",
                "jobset.x-k8s.io/v1alpha2 | JobSet | replicatedJobs: [{name: a, template: {spec: {template: POD}}}] | x-a-* | 1",
                "argoproj.io/v1alpha1 | Rollout | replicas: 2, template: POD | x-* | 2"
            })
    void shouldFindThePodTemplateOfEachKind(String version, String kind, String spec, String name, long count) {
        List<ArgoPod> pods = pods("{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: x}, spec: {"
                + spec.replace("POD", POD) + "}}");
        assertThat(pods).singleElement().satisfies(pod -> {
            assertThat(pod.name()).isEqualTo(name);
            assertThat(pod.count()).isEqualTo(count);
            assertThat(pod.owner()).isEqualTo(kind + "/x");
            assertThat(pod.kind()).isEqualTo(ArgoPod.Kind.OTHER);
            assertThat(pod.spec().at("/containers/0/image").asText()).isEqualTo("registry.example.com/i:1");
            assertThat(pod.origin("spec.containers[main].image").path()).endsWith(".spec.containers[0].image");
        });
    }

    @Test
    void shouldTakeDriverAndExecutorsOfASparkApplication() {
        List<ArgoPod> pods = pods("""
                apiVersion: sparkoperator.k8s.io/v1beta2
                kind: SparkApplication
                metadata: {name: etl}
                spec:
                  image: registry.example.com/spark:3
                  imagePullSecrets: [regcred]
                  driver: {serviceAccount: spark, envFrom: [{secretRef: {name: database}}]}
                  executor: {instances: 5, image: "registry.example.com/executor:3"}
                """);
        assertThat(pods).extracting(ArgoPod::name).containsExactly("etl-driver-*", "etl-executor-*");
        assertThat(pods).extracting(ArgoPod::count).containsExactly(1L, 5L);
        assertThat(pods)
                .extracting(pod -> pod.spec().at("/containers/0/image").asText())
                .containsExactly("registry.example.com/spark:3", "registry.example.com/executor:3");
        assertThat(pods)
                .extracting(pod -> pod.spec().path("serviceAccountName").asText())
                .containsExactly("spark", "default");
        assertThat(pods.get(0).spec().at("/imagePullSecrets/0/name").asText()).isEqualTo("regcred");
        assertThat(pods.get(1)
                        .origin("spec.containers[spark-kubernetes-executor].image")
                        .path())
                .isEqualTo("spec.executor.image");
    }

    @ParameterizedTest
    @CsvSource({
        "v1, ConfigMap, NO_PODS",
        "networking.k8s.io/v1, NetworkPolicy, NO_PODS",
        "batch/v1, Job, PODS",
        "example.com/v1, Cache, UNKNOWN",
        "jobset.x-k8s.io/v1alpha2, Other, UNKNOWN"
    })
    void shouldKnowWhichKindsHavePods(String version, String kind, PodOwner.Knowledge knowledge) {
        assertThat(PodOwner.of(document("{apiVersion: " + version + ", kind: " + kind + "}")))
                .isEqualTo(knowledge);
    }

    @Test
    void shouldCreateNothingWithoutReplicas() {
        assertThat(pods("{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replicas: 0, template: "
                        + POD + "}}"))
                .isEmpty();
    }
}
