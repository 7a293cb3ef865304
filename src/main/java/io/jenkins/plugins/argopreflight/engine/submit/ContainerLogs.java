package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
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

    /** The number of logs that are read at the same time. */
    private static final int MAX_OPEN_LOGS = 40;

    /** The number of pods that are looked up while the controller still reports their nodes as Pending. */
    private static final int MAX_EARLY_PODS = 20;

    private static final long PAUSE_MILLIS = 2000;

    private static final String V1 = "v1";

    private final LiveCluster cluster;
    private final RunRecord record;
    private final Executor serial;
    private final ScheduledExecutorService timer;
    private final LogTails tails;
    private final LogSink sink;
    private final Runnable changed;
    private final Consumer<ClusterException> refused;
    private final ArchivedLogs archived;
    private ObjectNode latest = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> pods = new HashMap<>();
    private final Set<String> startedPods = new HashSet<>();
    private final Set<String> endedPods = new HashSet<>();
    /** The ids of nodes whose pods were looked up while Pending. */
    private final Set<String> early = new HashSet<>();

    private final Map<String, ContainerLog> logs = new LinkedHashMap<>();
    private final Queue<ContainerLog> queue = new ArrayDeque<>();
    private int open;
    private boolean closed;
    /** Nodes whose pods could not be read yet, with the reason. */
    private final Map<NodeState, String> unknown = new LinkedHashMap<>();

    /**
     * Creates the logs of a run.
     *
     * @param changed called when a log has ended
     * @param refused called when the server does not accept the credential any more
     */
    ContainerLogs(
            LiveCluster cluster,
            RunRecord record,
            Executor serial,
            ScheduledExecutorService timer,
            Consumer<String> lines,
            Runnable changed,
            Consumer<ClusterException> refused,
            Optional<LogArchive> archive,
            LogTails tails,
            boolean executorLines) {
        this.cluster = cluster;
        this.record = record;
        this.serial = serial;
        this.timer = timer;
        this.tails = tails;
        this.sink = new LogSink(record, lines, executorLines);
        this.archived = new ArchivedLogs(archive, record, sink);
        this.changed = changed;
        this.refused = refused;
    }

    /** Begins to read the logs of pods that run, will run soon, or have run since the last call. */
    void follow(ObjectNode object, WorkflowState workflow) {
        latest = object;
        String format = KubeObjects.annotations(object).getOrDefault("workflows.argoproj.io/pod-name-format", "v2");
        for (NodeState node : workflow.nodes().values()) {
            boolean known = pods.containsKey(node.id());
            if (!node.type().equals("Pod") || !known && !isBegun(node) && !isLookedAtEarly(node)) {
                continue;
            }
            String pod = format.equals(V1)
                    ? node.id()
                    : PodNames.pod(
                            workflow.name(), node.name(), node.name().contains(".inline") ? "" : node.template());
            if (pods.putIfAbsent(node.id(), pod) == null) {
                begin(workflow.namespace(), pod, node);
            }
            if (node.phase().equals("Running") && startedPods.add(pod)) {
                logs.values().stream().filter(log -> log.pod().equals(pod)).forEach(ContainerLog::resume);
            }
            if (!node.isUnfinished() && endedPods.add(pod)) {
                logs.values().stream().filter(log -> log.pod().equals(pod)).forEach(ContainerLog::nodeEnded);
            }
        }
    }

    /** Records that all nodes have ended: their logs grow no more. */
    void nodesEnded() {
        logs.values().forEach(ContainerLog::nodeEnded);
    }

    /**
     * Returns whether the pod of a node is looked up. A pod whose image was pulled can have ended, and be deleted,
     * before its node changes; after a Stop, no pod is created.
     */
    private static boolean isBegun(NodeState node) {
        return !node.phase().isEmpty()
                && !node.isShutDown()
                && (!node.phase().equals("Pending") || node.message().startsWith("PodInitializing"));
    }

    /**
     * Returns whether the pod of a Pending node is looked up. The controller updates a workflow every 10 seconds, so
     * that a container can write while its node is still Pending.
     */
    private boolean isLookedAtEarly(NodeState node) {
        if (!node.phase().equals("Pending")
                || !node.message().isEmpty() && !node.message().equals("ContainerCreating")) {
            return false;
        }
        return early.size() < MAX_EARLY_PODS && early.add(node.id());
    }

    private void begin(String namespace, String pod, NodeState node) {
        Optional<ObjectNode> found;
        try {
            found = cluster.get(Resource.PODS, namespace, pod);
        } catch (ClusterException e) {
            if (isPassing(e.kind())) {
                unknown.put(node, e.getMessage());
                later(PAUSE_MILLIS, () -> {
                    if (!closed) {
                        unknown.remove(node);
                        begin(namespace, pod, node);
                        changed.run();
                    }
                });
            } else {
                unread(node, e.getMessage());
            }
            return;
        }
        if (found.isEmpty() && node.phase().equals("Pending")) {
            // The pod is not created yet.
            pods.remove(node.id());
            return;
        }
        if (found.isEmpty()) {
            if (!archived.read(latest, node, pod, label(node))) {
                sink.say("Log of " + node.displayName() + ": pod " + pod
                        + " does not exist any more, so its log is lost" + " here"
                        + (ArchivedLogs.has(latest, node) ? "; it is in the artifact " + ArchivedLogs.ARTIFACT : ""));
            }
            return;
        }
        String label = label(node);
        for (JsonNode container : found.get().path("spec").path("containers")) {
            String name = Json.text(container, "name");
            if (!ContainerNames.EXECUTOR.contains(name)) {
                ContainerLog log = new ContainerLog(this, namespace, pod, name, label);
                if (endedPods.contains(pod) || !node.isUnfinished()) {
                    log.nodeEnded();
                }
                logs.put(pod + "/" + name, log);
                queue.add(log);
            }
        }
        openNext();
    }

    private static boolean isPassing(Kind kind) {
        return kind != Kind.FORBIDDEN && kind != Kind.NOT_ALLOWED && kind != Kind.INVALID;
    }

    /** Returns the name of a node in the log, with the end of its id if another node has the same name. */
    private String label(NodeState node) {
        synchronized (record) {
            return record.labels.computeIfAbsent(node.id(), id -> {
                String name = bracketed(node.displayName());
                return record.labels.containsValue(name)
                        ? name + " " + bracketed(id.substring(id.lastIndexOf('-') + 1))
                        : name;
            });
        }
    }

    /** Returns a text that can be between brackets, and does not end them. */
    static String bracketed(String text) {
        return Visible.line(text).replace('[', '(').replace(']', ')');
    }

    private void openNext() {
        while (!closed && open < MAX_OPEN_LOGS && !queue.isEmpty()) {
            open++;
            queue.poll().open();
        }
    }

    /** Records that a log has ended finally. */
    void ended() {
        open--;
        openNext();
        changed.run();
    }

    void refused(ClusterException why) {
        refused.accept(why);
    }

    /** Records that a log waits, and reads nothing meanwhile. */
    void paused() {
        open--;
        openNext();
    }

    void enqueue(ContainerLog log) {
        queue.add(log);
        openNext();
    }

    /** Returns whether all logs that could be read were read. */
    boolean areRead() {
        return unknown.isEmpty() && logs.values().stream().allMatch(ContainerLog::isRead);
    }

    /** Reports the logs that were not read completely, and does not wait for them any longer. */
    void giveUp(String why) {
        logs.values().stream().filter(log -> !log.isRead()).forEach(log -> log.unread(why));
        unknown.forEach(this::unread);
    }

    private void unread(NodeState node, String why) {
        sink.say("Log of [" + label(node) + "] from its start on could not be read: " + why);
    }

    void close() {
        closed = true;
        queue.clear();
        logs.values().forEach(ContainerLog::close);
    }

    LiveCluster cluster() {
        return cluster;
    }

    RunRecord record() {
        return record;
    }

    LogTails tails() {
        return tails;
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
