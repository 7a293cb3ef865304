package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Argo compresses the nodes of a large workflow; its outputs are among them. */
class CompressedRunTest {

    private static final String NODES = """
        {"build": {"id": "build", "name": "build", "displayName": "build", "type": "Pod", "phase": "Succeeded",
          "inputs": {"parameters": [{"name": "in", "value": "x"}]},
          "outputs": {
            "parameters": [{"name": "digest", "value": "sha256:1"}],
            "artifacts": [{"name": "main-logs", "s3": {"key": "build/main.log"}}]}}}
        """;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final MemoryCluster cluster = new MemoryCluster("https://one.example.com");
    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void shouldFindTheOutputsOfCompressedNodes() {
        ObjectNode workflow = end(Gzip.base64(NODES));

        assertThat(SubmittedResult.of(workflow, "").get("outputs"))
                .isEqualTo(Map.of(
                        "parameters",
                        Map.of("digest", "sha256:1"),
                        "global",
                        Map.of(),
                        "artifacts",
                        List.of(Map.of("node", "build", "name", "main-logs", "key", "build/main.log"))));
        assertThat(OutputArtifact.of(workflow)).hasSize(1);
        assertThat(listener.lines())
                .contains("build (Pod) Succeeded")
                .anyMatch(line -> line.endsWith("its log is lost here; it is in the artifact main-logs"));
    }

    @Test
    void shouldEndWithoutOutputsWhereTheNodesAreInvalid() {
        assertThat(OutputArtifact.of(end("AAAA"))).isEmpty();
    }

    private ObjectNode end(String compressed) {
        cluster.load("{kind: Namespace, apiVersion: v1, metadata: {name: ci}}");
        RunRecord record = new RunRecord();
        record.namespace = "ci";
        record.name = "build";
        record.uid = KubeObjects.uid(
                cluster.create(Resource.WORKFLOWS, KubeObjects.of(Resource.WORKFLOWS, "ci", "build"), WriteMode.REAL));
        WorkflowRun.follow(
                () -> cluster.live().orElseThrow(),
                record,
                new WorkflowRun.Setting(new Followers(workers, timer), workers, timer, true, Duration.ofMinutes(5)),
                listener);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/labels").put("workflows.argoproj.io/completed", "true");
        patch.withObject("/status").put("phase", "Succeeded").put("compressedNodes", compressed);
        cluster.live().orElseThrow().patch(Resource.WORKFLOWS, "ci", "build", patch);
        return listener.end().workflow().orElseThrow();
    }
}
