package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.End;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.How;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealArgo;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs of a real workflow-controller; there is no kubelet, so pods end when the test says so. */
@NeedsServers({Server.CLUSTER, Server.ARGO})
@ExtendWith(InRun.class)
class WorkflowRunOnServerTest {

    private static final String CONTROLLER = "workflow-controller-4.0";
    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              entrypoint: main
              onExit: %s
              arguments: {parameters: [{name: tag, value: old}]}
              templates:
              - name: main
                steps:
                - - {name: compile, template: work}
                - - {name: test, template: work}
              - name: work
                container: {image: "example.com/a:{{workflow.parameters.tag}}", command: [sh]}
            """;

    private final RealCluster cluster = RealCluster.get();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final WorkflowRun.Setting setting =
            new WorkflowRun.Setting(new Followers(workers, timer), workers, timer, false, Duration.ofSeconds(5));
    private final RecordingListener listener = new RecordingListener();
    private final RunRecord record = new RunRecord();
    private String namespace;
    private ClusterGateway gateway;

    @BeforeEach
    void makeNamespace() {
        namespace = cluster.namespace("run");
        cluster.serviceAccount(namespace, "default");
        cluster.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/configmaps",
                        Map.of(
                                "metadata", Map.of("name", "workflow-controller-configmap"),
                                "data", Map.of("instanceID", "blue")));
        gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.adminKubeconfig()));
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
        gateway.close();
    }

    @Test
    void shouldFollowToTheEndThroughARestartOfTheServer() {
        try (RealArgo argo = new RealArgo(CONTROLLER, namespace)) {
            submit("\"\"");
            argo.await(1);
            assertThat(argo.pods().get(record.name))
                    .singleElement()
                    .satisfies(
                            pod -> assertThat(pod.at("/spec/containers/1/image").asText())
                                    .isEqualTo("example.com/a:v1"));
            cluster.stopServer();
            cluster.restartServer();
            End end = listener.end(argo::endPods);

            assertThat(end.how()).isEqualTo(How.COMPLETED);
            assertThat(listener.lines())
                    .containsSubsequence("compile (Pod) Pending", "compile (Pod) Succeeded", "test (Pod) Succeeded");
            assertThat(SubmittedResult.of(end.workflow().orElseThrow(), ""))
                    .containsEntry("phase", "Succeeded")
                    .containsEntry("nodes", Map.of("Succeeded", 5));
        }
    }

    @Test
    void shouldStopAWorkflow() {
        try (RealArgo argo = new RealArgo(CONTROLLER, namespace)) {
            WorkflowRun run = submit("work");
            argo.await(1);

            run.shutDown(Shutdown.STOP);
            listener.await("Stop sent to workflow " + namespace + "/" + record.name);

            // The pod that runs, then that of the exit handler, which Stop lets run.
            End end = listener.end(argo::endPods);
            assertThat(end.workflow().orElseThrow().at("/status/phase").asText())
                    .isEqualTo("Failed");
            assertThat(listener.lines())
                    .anyMatch(line -> line.startsWith(record.name + ".onExit (Pod) Succeeded"))
                    .noneMatch(line -> line.contains("Someone else"));
        }
    }

    @Test
    void shouldSendStopWhenTheServerAnswersAgain() {
        WorkflowRun run = submit("\"\"");
        listener.await("changed");
        cluster.stopServer();

        run.shutDown(Shutdown.STOP);
        listener.awaitStart("Stop could not be sent to workflow " + namespace + "/" + record.name + ", trying again: ");
        cluster.restartServer();
        listener.await("Stop sent to workflow " + namespace + "/" + record.name);

        assertThat(gateway.get(Resource.WORKFLOWS, namespace, record.name)
                        .orElseThrow()
                        .at("/spec/shutdown")
                        .asText())
                .isEqualTo("Stop");
    }

    @Test
    void shouldReportThatNoControllerRuns() {
        submit("\"\"");

        listener.await("No controller has picked the workflow up in 5 s");
        listener.await("stuck");
    }

    private WorkflowRun submit(String onExit) {
        Draft draft = Draft.of(
                gateway,
                new Submission(
                        DraftTest.file(WORKFLOW.formatted(onExit)),
                        "",
                        namespace,
                        "",
                        "",
                        Map.of("tag", "v1"),
                        Map.of(),
                        Map.of(),
                        namespace),
                "id-1");
        ObjectNode made = new Submitter(gateway).submit(draft);
        record.namespace = namespace;
        record.name = draft.name();
        record.uid = KubeObjects.uid(made);
        return WorkflowRun.follow(() -> gateway.live().orElseThrow(), record, setting, listener);
    }
}
