package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord.LogName;
import java.util.List;
import java.util.Optional;

/** The logs that Argo keeps as artifacts, for pods that do not exist any more. */
final class ArchivedLogs {

    /** The name that Argo gives to the artifact of a log. */
    static final String ARTIFACT = "main-logs";

    private static final String MAIN = "main";

    /** The maximum number of lines that are read, since an archived log can have any length. */
    private static final int MAX_LINES = 10_000;

    private final Optional<LogArchive> archive;
    private final RunRecord record;
    private final LogSink sink;

    ArchivedLogs(Optional<LogArchive> archive, RunRecord record, LogSink sink) {
        this.archive = archive;
        this.record = record;
        this.sink = sink;
    }

    /** Returns whether the node's log is an artifact. */
    static boolean has(ObjectNode workflow, NodeState node) {
        return OutputArtifact.of(workflow).stream()
                .anyMatch(artifact ->
                        artifact.nodeId().equals(node.id()) && artifact.name().equals(ARTIFACT));
    }

    /**
     * Shows a node's archived log. Its lines have no times, so it is read only if no line of the log was shown before.
     *
     * @return whether the archived log was read
     */
    boolean read(ObjectNode workflow, NodeState node, String pod, String label) {
        synchronized (record) {
            boolean begun =
                    record.logs.keySet().stream().anyMatch(log -> log.pod().equals(pod));
            if (archive.isEmpty() || begun || !has(workflow, node)) {
                return false;
            }
        }
        Output log = Output.logOf(
                KubeObjects.namespace(workflow),
                KubeObjects.name(workflow),
                KubeObjects.uid(workflow),
                node.id(),
                MAIN);
        try {
            List<String> lines = archive.get().read(log, MAX_LINES);
            synchronized (record) {
                lines.forEach(line -> sink.line("[" + label + "] ", line));
                record.logs.put(new LogName(pod, MAIN), LogCursor.ARCHIVED);
            }
            return true;
        } catch (ClusterException e) {
            sink.say("The archived log of " + node.displayName() + " could not be read: " + e.getMessage());
            return false;
        }
    }
}
