package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.workflow.PodNames;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The logs of a workflow's containers, from the time its pods run until they have ended. Everything but the lines
 * themselves is done by the run's serial executor.
 */
final class ContainerLogs {

    /** As many logs are read at the same time. */
    private static final int OPEN = 16;

    private static final Set<String> OF_ARGO = Set.of("init", "wait", "supervisor");
    private static final String V1 = "v1";

    private final LiveCluster cluster;
    private final RunRecord record;
    private final Executor serial;
    private final ScheduledExecutorService timer;
    private final LogSink sink;
    private final Runnable changed;
    private final Map<String, String> pods = new HashMap<>();
    private final Map<String, ContainerLog> logs = new LinkedHashMap<>();
    private final Queue<ContainerLog> queue = new ArrayDeque<>();
    private int open;

    /** @param changed called when one of them has ended */
    ContainerLogs(
            LiveCluster cluster,
            RunRecord record,
            Executor serial,
            ScheduledExecutorService timer,
            Consumer<String> lines,
            Runnable changed) {
        this.cluster = cluster;
        this.record = record;
        this.serial = serial;
        this.timer = timer;
        this.sink = new LogSink(record, lines);
        this.changed = changed;
    }

    /** Begins with the logs of pods that run or have run since the last call. */
    void follow(ObjectNode object, WorkflowState workflow) {
        String format = Objects.annotations(object).getOrDefault("workflows.argoproj.io/pod-name-format", "v2");
        for (NodeState node : workflow.nodes().values()) {
            if (!node.type().equals("Pod")
                    || node.phase().equals("Pending")
                    || node.phase().isEmpty()) {
                continue;
            }
            String pod = format.equals(V1)
                    ? node.id()
                    : PodNames.pod(
                            workflow.name(), node.name(), node.name().contains(".inline") ? "" : node.template());
            if (pods.putIfAbsent(node.id(), pod) == null) {
                begin(workflow.namespace(), pod, node);
            }
            if (!node.isUnfinished()) {
                logs.values().stream().filter(log -> log.pod().equals(pod)).forEach(ContainerLog::nodeEnded);
            }
        }
    }

    private void begin(String namespace, String pod, NodeState node) {
        Optional<ObjectNode> found;
        try {
            found = cluster.get(Resource.PODS, namespace, pod);
        } catch (ClusterException e) {
            sink.say("Log of " + node.displayName() + ": " + e.getMessage());
            return;
        }
        if (found.isEmpty()) {
            sink.say("Log of " + node.displayName() + ": pod " + pod + " does not exist any more, so its log is lost"
                    + " here" + archived(node));
            return;
        }
        for (JsonNode container : found.get().path("spec").path("containers")) {
            String name = Objects.text(container, "name");
            if (!OF_ARGO.contains(name)) {
                ContainerLog log = new ContainerLog(this, namespace, pod, name, node.displayName());
                logs.put(pod + "/" + name, log);
                queue.add(log);
            }
        }
        openNext();
    }

    private static String archived(NodeState node) {
        return node.isFailed() ? "" : " (with archiveLogs it is in the artifact main-logs)";
    }

    private void openNext() {
        while (open < OPEN && !queue.isEmpty()) {
            open++;
            queue.poll().open();
        }
    }

    /** A log has ended for good. */
    void ended() {
        open--;
        openNext();
        changed.run();
    }

    /** Whether all that could be read was. */
    boolean areRead() {
        return logs.values().stream().allMatch(ContainerLog::isRead);
    }

    void close() {
        queue.clear();
        logs.values().forEach(ContainerLog::close);
    }

    LiveCluster cluster() {
        return cluster;
    }

    RunRecord record() {
        return record;
    }

    LogSink sink() {
        return sink;
    }

    void run(Runnable task) {
        serial.execute(task);
    }

    void later(long millis, Runnable task) {
        timer.schedule(() -> serial.execute(task), millis, TimeUnit.MILLISECONDS);
    }
}
