package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.End;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.How;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowRunTest {

    private static final String POD = PodNames.pod("build", "build.compile", "compile");

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Followers followers = new Followers(workers, timer);
    private final MemoryCluster cluster = new MemoryCluster("https://one.example.com");
    private final RunRecord record = new RunRecord();
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void createWorkflow() {
        cluster.load("{kind: Namespace, apiVersion: v1, metadata: {name: ci}}");
        ObjectNode made =
                cluster.create(Resource.WORKFLOWS, KubeObjects.of(Resource.WORKFLOWS, "ci", "build"), WriteMode.REAL);
        record.namespace = "ci";
        record.name = "build";
        record.uid = KubeObjects.uid(made);
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void shouldReportNodesAndLogsAndTheEnd() {
        pod("2026-01-01T00:00:00.1Z one\n2026-01-01T00:00:00.2Z two\r[deploy] forged\r\n");
        follow(true);

        node("Running", "Running");
        listener.await("compile (Pod) Running");
        node("Succeeded", "Succeeded");

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines())
                .containsSubsequence("compile (Pod) Running", "compile (Pod) Succeeded")
                .containsSubsequence("[compile] one", "[compile] two", "[compile] [deploy] forged")
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepTheLastLinesOfALog() {
        pod("2026-01-01T00:00:00.1Z one\n2026-01-01T00:00:00.2Z two\n");
        LogTails tails = new LogTails();
        WorkflowRun.follow(
                () -> cluster.live().orElseThrow(),
                record,
                setting(true, Duration.ofMinutes(5)).keeping(tails),
                listener);

        node("Failed", "Failed");

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(tails.of(POD, "main")).containsExactly("one", "two");
        assertThat(tails.of(POD, "wait")).isEmpty();
    }

    /** The controller updates a workflow every ten seconds. */
    @Test
    void shouldReadTheLogOfANodeThatTheControllerStillCallsPending() {
        pod("2026-01-01T00:00:00.1Z one\n");
        follow(true);

        node("Pending", "Running");

        listener.await("[compile] one");
    }

    @Test
    void shouldNotReportALostLogWhileThePodIsNotCreatedYet() {
        follow(true);
        node("Pending", "Running");
        listener.await("compile (Pod) Pending");
        pod("2026-01-01T00:00:00.1Z one\n");

        node("Succeeded", "Succeeded");

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines()).contains("[compile] one").noneMatch(line -> line.contains("lost"));
    }

    /** A kubelet that does not know the pod yet says that there is no log: the API server passes it on. */
    @Test
    void shouldReadALogThatIsNotThereAtFirst() {
        pod("2026-01-01T00:00:00.1Z one\n");
        AtomicInteger asked = new AtomicInteger();
        WorkflowRun.follow(
                () -> withoutFirstLogs(cluster.live().orElseThrow(), asked),
                record,
                setting(true, Duration.ofMinutes(5)),
                listener);

        node("Pending", "Running");

        listener.await("[compile] one");
        assertThat(listener.lines()).noneMatch(line -> line.contains("could not be read"));
    }

    @Test
    void shouldReadWhatContainersWriteAfterTheWorkflowWasDeleted() {
        pod("2026-01-01T00:00:00.1Z one\n");
        follow(true);
        node("Running", "Running");
        listener.await("[compile] one");
        pod("2026-01-01T00:00:00.1Z one\n2026-01-01T00:00:00.2Z two\n");

        cluster.delete(Resource.WORKFLOWS, "ci", "build", "", "", WriteMode.REAL);

        assertThat(listener.end().how()).isEqualTo(How.DELETED);
        assertThat(listener.lines()).contains("[compile] two").doesNotHaveDuplicates();
    }

    @Test
    void shouldGoOnAfterARestartWithoutRepeatingALine() {
        pod("2026-01-01T00:00:00.1Z one\n");
        WorkflowRun first = follow(true);
        node("Running", "Running");
        listener.await("[compile] one");
        first.close();
        pod("2026-01-01T00:00:00.1Z one\n2026-01-01T00:00:00.2Z two\n");

        follow(true);
        node("Succeeded", "Succeeded");

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines())
                .contains("[compile] one", "[compile] two", "compile (Pod) Running")
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldReadTheArchivedLogOfAPodThatIsGone() {
        WorkflowRun.follow(
                () -> cluster.live().orElseThrow(),
                record,
                setting(true, Duration.ofMinutes(5))
                        .with(Optional.of((log, lines) -> List.of(log.node() + " " + log.artifact(), "two"))),
                listener);
        ObjectNode patch = ended("n1", "Succeeded");
        patch.withObject("/status/nodes/n1/outputs")
                .withArray("artifacts")
                .addObject()
                .put("name", "main-logs");
        patch(patch);

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines())
                .contains("[compile] n1 main-logs", "[compile] two")
                .noneMatch(line -> line.contains("lost"));
    }

    private static LiveCluster withoutFirstLogs(LiveCluster live, AtomicInteger asked) {
        return (LiveCluster) Proxy.newProxyInstance(
                LiveCluster.class.getClassLoader(), new Class<?>[] {LiveCluster.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("log") && asked.getAndIncrement() < 2) {
                        ((LogListener) arguments[1])
                                .ended(Optional.of(new ClusterException(Kind.NOT_FOUND, "pods/log not found")));
                        return (Subscription) () -> {};
                    }
                    return method.invoke(live, arguments);
                });
    }

    private static ObjectNode ended(String id, String phase) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("labels").put("workflows.argoproj.io/completed", "true");
        patch.putObject("status")
                .put("phase", phase)
                .putObject("nodes")
                .putObject(id)
                .put("id", id)
                .put("type", "Pod")
                .put("name", "build.compile")
                .put("displayName", "compile")
                .put("templateName", "compile")
                .put("phase", phase);
        return patch;
    }

    @Test
    void shouldReportTheContainerWhoseLogIsLost() {
        follow(true);

        node("Failed", "Failed");

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines())
                .anySatisfy(line -> assertThat(line).contains("pod " + POD + " does not exist any more"));
    }

    /** The pod was removed before its image could be pulled, such as by a Stop. */
    @Test
    void shouldReportNoLostLogOfAContainerThatNeverStarted() {
        pod();
        follow(true);

        node("Failed", "Failed");

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines()).noneMatch(line -> line.contains("could not be read"));
    }

    /** The nodes have the same name in two groups of steps. */
    @Test
    void shouldKeepTheLogsOfNodesOfOneNameApart() {
        ObjectNode nodes = JsonNodeFactory.instance.objectNode();
        for (String id : List.of("build-17", "build-42")) {
            nodes.putObject(id)
                    .put("id", id)
                    .put("type", "Pod")
                    .put("name", "build." + id)
                    .put("displayName", "compile] [deploy")
                    .put("templateName", "compile")
                    .put("phase", "Succeeded");
            String name = PodNames.pod("build", "build." + id, "compile");
            ObjectNode pod = KubeObjects.of(Resource.PODS, "ci", name);
            pod.putObject("spec").putArray("containers").addObject().put("name", "main");
            cluster.load(pod.toString());
            cluster.setLog("ci", name, "main", "2026-01-01T00:00:00.1Z of " + id + "\n");
        }
        follow(true);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("labels").put("workflows.argoproj.io/completed", "true");
        patch.putObject("status").put("phase", "Succeeded").set("nodes", nodes);

        patch(patch);

        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines()).contains("[compile) (deploy] of build-17", "[compile) (deploy 42] of build-42");
    }

    @Test
    void shouldSendStopAndReportIt() {
        record.stoppedBy = "Build team/app#7 (Aborted by Jane)";
        WorkflowRun run = follow(false);
        listener.await("changed");

        run.shutDown(Shutdown.STOP);
        listener.await("Stop sent to workflow ci/build");

        assertThat(stored().at("/spec/shutdown").asText()).isEqualTo("Stop");
        assertThat(WorkflowState.of(stored()).stoppedBy()).isEqualTo("Build team/app#7 (Aborted by Jane)");
        node("Failed", "Failed");
        assertThat(listener.end().how()).isEqualTo(How.COMPLETED);
        assertThat(listener.lines()).noneMatch(line -> line.contains("Someone else"));
    }

    @Test
    void shouldReportThatItIsNotAllowedToStop() {
        cluster.deny(new Right("patch", "argoproj.io", "workflows", "", "ci", ""));
        WorkflowRun run = follow(false);

        run.shutDown(Shutdown.TERMINATE);

        listener.await("Terminate could not be sent to workflow ci/build: workflows.argoproj.io \"build\" is forbidden:"
                + " User \"kubernetes-admin\" cannot patch resource \"workflows\" in API group \"argoproj.io\" in the"
                + " namespace \"ci\"");
    }

    @Test
    void shouldRecogniseThatSomeoneElseStoppedIt() {
        follow(false);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("shutdown", "Terminate");

        patch(patch);

        listener.await("Someone else shut the workflow down (spec.shutdown: Terminate)");
    }

    @Test
    void shouldEndWhenTheWorkflowIsDeletedOrRecreated() {
        follow(false);
        listener.await("changed");

        cluster.delete(Resource.WORKFLOWS, "ci", "build", "", "", WriteMode.REAL);

        assertThat(listener.end().how()).isEqualTo(How.DELETED);
        cluster.create(Resource.WORKFLOWS, KubeObjects.of(Resource.WORKFLOWS, "ci", "build"), WriteMode.REAL);
        follow(false);
        assertThat(listener.end().how()).isEqualTo(How.RECREATED);
    }

    @Test
    void shouldNotStopAnotherWorkflowOfTheSameName() {
        cluster.delete(Resource.WORKFLOWS, "ci", "build", "", "", WriteMode.REAL);
        cluster.create(Resource.WORKFLOWS, KubeObjects.of(Resource.WORKFLOWS, "ci", "build"), WriteMode.REAL);

        assertThat(Shutdown.STOP.send(cluster.live().orElseThrow(), "ci", "build", record.uid, ""))
                .isFalse();
        assertThat(stored().has("spec")).isFalse();
    }

    @Test
    void shouldReportThatNoControllerPicksItUp() {
        WorkflowRun.follow(
                () -> cluster.live().orElseThrow(), record, setting(false, Duration.ofMillis(100)), listener);

        listener.await("stuck");
        assertThat(listener.lines()).anyMatch(line -> line.startsWith("No controller has picked the workflow up in"));
    }

    /** The same applies to an Error: a step whose run has no end never ends. */
    @Test
    void shouldEndWhenSomethingFailsWithAnError() {
        listener.fail();
        follow(false);

        End end = listener.end();
        assertThat(end.how()).isEqualTo(How.LOST);
        assertThat(end.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("internal error (StackOverflowError)"));
    }

    @Test
    void shouldSummariseThousandsOfNodes() {
        follow(false);
        listener.await("changed");
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode nodes = patch.putObject("status").put("phase", "Running").putObject("nodes");
        for (int i = 0; i < 5000; i++) {
            nodes.putObject("n" + i)
                    .put("id", "n" + i)
                    .put("type", "Pod")
                    .put("name", "build." + i)
                    .put("phase", "Running");
        }

        patch(patch);

        listener.await("5000 nodes: 5000 Running");
        assertThat(listener.lines()).hasSizeLessThan(10);
    }

    private WorkflowRun follow(boolean logs) {
        return WorkflowRun.follow(
                () -> cluster.live().orElseThrow(), record, setting(logs, Duration.ofMinutes(5)), listener);
    }

    private WorkflowRun.Setting setting(boolean logs, Duration pickup) {
        return new WorkflowRun.Setting(followers, workers, timer, logs, pickup);
    }

    private ObjectNode stored() {
        return cluster.get(Resource.WORKFLOWS, "ci", "build").orElseThrow();
    }

    private void pod(String log) {
        pod();
        cluster.setLog("ci", POD, "main", log);
    }

    private void pod() {
        ObjectNode pod = KubeObjects.of(Resource.PODS, "ci", POD);
        for (String container : List.of("wait", "main")) {
            pod.withObject("/spec").withArray("containers").addObject().put("name", container);
        }
        cluster.load(pod.toString());
    }

    private void node(String phase, String workflowPhase) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        if (!workflowPhase.equals("Running")) {
            patch.putObject("metadata").putObject("labels").put("workflows.argoproj.io/completed", "true");
        }
        patch.putObject("status")
                .put("phase", workflowPhase)
                .putObject("nodes")
                .putObject("n1")
                .put("id", "n1")
                .put("type", "Pod")
                .put("name", "build.compile")
                .put("displayName", "compile")
                .put("templateName", "compile")
                .put("phase", phase);
        patch(patch);
    }

    private void patch(ObjectNode patch) {
        cluster.live().orElseThrow().patch(Resource.WORKFLOWS, "ci", "build", patch);
    }
}
