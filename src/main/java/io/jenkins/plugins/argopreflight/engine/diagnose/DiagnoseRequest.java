package io.jenkins.plugins.argopreflight.engine.diagnose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which workflow to diagnose.
 *
 * @param namespace where it runs
 * @param workflow its name; "" to find it by labels
 * @param labels a label selector as {@code kubectl get -l} takes it; of several workflows the newest is diagnosed
 * @param argoNamespace where the controller runs
 * @param logs lines of container logs that are shown; the controller's log is read where that is allowed
 * @param nodeCredentials patterns of images that the nodes pull with credentials of their own
 * @param now the time by which ages are judged; empty for the clock, or for the time of a snapshot
 */
public record DiagnoseRequest(
        String namespace,
        String workflow,
        String labels,
        String argoNamespace,
        LogSource logs,
        List<String> nodeCredentials,
        Optional<Instant> now) {

    public DiagnoseRequest {
        nodeCredentials = List.copyOf(nodeCredentials);
        if (workflow.isEmpty() == labels.isEmpty()) {
            throw new IllegalArgumentException("name one workflow, or labels to find it by");
        }
    }

    /** A workflow by its name, without logs. */
    public static DiagnoseRequest of(String namespace, String workflow, String argoNamespace) {
        return new DiagnoseRequest(
                namespace, workflow, "", argoNamespace, LogSource.unread("--logs"), List.of(), Optional.empty());
    }
}
