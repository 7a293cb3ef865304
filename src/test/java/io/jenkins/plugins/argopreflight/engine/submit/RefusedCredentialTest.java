package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.How;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that does not accept the credential any more, as after the end of a token. */
class RefusedCredentialTest {

    private static final String POD = PodNames.pod("build", "build.compile", "compile");

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final MemoryCluster cluster = new MemoryCluster("https://one.example.com");
    private final RunRecord record = new RunRecord();
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void createWorkflow() {
        cluster.load("{kind: Namespace, apiVersion: v1, metadata: {name: ci}}");
        ObjectNode pod = KubeObjects.of(Resource.PODS, "ci", POD);
        pod.withObject("/spec").withArray("containers").addObject().put("name", "main");
        cluster.load(pod.toString());
        ObjectNode workflow = KubeObjects.of(Resource.WORKFLOWS, "ci", "build");
        ObjectNode node = workflow.withObject("/status").put("phase", "Running").withObject("/nodes/n1");
        node.setAll(JsonNodeFactory.instance
                .objectNode()
                .put("id", "n1")
                .put("type", "Pod")
                .put("name", "build.compile")
                .put("displayName", "compile")
                .put("templateName", "compile")
                .put("phase", "Running"));
        record.namespace = "ci";
        record.name = "build";
        record.uid = KubeObjects.uid(cluster.create(Resource.WORKFLOWS, workflow, WriteMode.REAL));
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    /** The watch can stay open for half an hour: whoever follows must know before, to connect with a new credential. */
    @Test
    void shouldEndTheRunWhoseLogsAreRefusedWhileItsWatchIsOpen() {
        follow("log", false);

        assertThat(listener.end()).satisfies(end -> {
            assertThat(end.how()).isEqualTo(How.LOST);
            assertThat(end.failure()).hasValueSatisfying(why -> assertThat(why).hasMessage("token expired"));
        });
        assertThat(listener.lines()).noneMatch(line -> line.contains("could not be read"));
    }

    @Test
    void shouldSayOnceThatTheWorkflowCannotBeFollowed() {
        follow("get", false);
        listener.end();
        follow("get", true);
        listener.end();

        assertThat(listener.lines())
                .containsExactly(
                        "The workflow cannot be followed at the moment, and is looked for again: token expired");
    }

    @Test
    void shouldSayThatTheClusterAnswersAgainAfterAnotherRunWasRefused() {
        follow("", true);

        listener.await("The cluster answers again");
    }

    private void follow(String refused, boolean delayed) {
        WorkflowRun.follow(
                () -> refusing(cluster.live().orElseThrow(), refused),
                record,
                new WorkflowRun.Setting(new Followers(workers, timer), workers, timer, true, Duration.ofMinutes(5))
                        .delayed(delayed),
                listener);
    }

    private static LiveCluster refusing(LiveCluster live, String refused) {
        ClusterException why = new ClusterException(Kind.UNAUTHORIZED, "token expired");
        return (LiveCluster) Proxy.newProxyInstance(
                LiveCluster.class.getClassLoader(), new Class<?>[] {LiveCluster.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals(refused)) {
                        try {
                            return method.invoke(live, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    if (!refused.equals("log")) {
                        throw why;
                    }
                    ((LogListener) arguments[1]).ended(Optional.of(why));
                    return (Subscription) () -> {};
                });
    }
}
