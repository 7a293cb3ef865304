package io.jenkins.plugins.argopreflight.engine.diagnose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The request for the diagnosis of a workflow.
 *
 * @param namespace the namespace of the workflow
 * @param workflow the name of the workflow; {@code ""} to find it by labels
 * @param labels a label selector as {@code kubectl get -l} accepts it; of several workflows, the newest that did not
 *     succeed is diagnosed, else the newest
 * @param argoNamespace the namespace of the controller
 * @param logs the source of the container logs that are shown; the controller's log is read if that is allowed
 * @param nodeCredentials patterns of images for which the nodes have credentials
 * @param now the time from which ages are computed; empty for the clock, or for the time of a snapshot
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

    /** Returns the request for a workflow by its name, without logs. */
    public static DiagnoseRequest of(String namespace, String workflow, String argoNamespace) {
        return new DiagnoseRequest(
                namespace, workflow, "", argoNamespace, LogSource.unread("--logs"), List.of(), Optional.empty());
    }
}
