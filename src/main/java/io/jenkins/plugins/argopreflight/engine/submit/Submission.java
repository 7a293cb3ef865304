package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.List;
import java.util.Map;

/**
 * What to submit.
 *
 * @param documents of a file that holds one Workflow; none when it comes from the cluster
 * @param from {@code KIND/NAME} of a WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow; "" for a file
 * @param namespace of a workflow that does not say it, and of what {@code from} names
 * @param name instead of the manifest's; "" to keep that
 * @param generateName instead of the manifest's; "" to keep that
 * @param parameters that replace or add to the workflow's own
 * @param labels that replace or add to the workflow's own
 * @param annotations likewise
 * @param argoNamespace where the controller runs, whose instanceID the workflow gets
 */
public record Submission(
        List<Document> documents,
        String from,
        String namespace,
        String name,
        String generateName,
        Map<String, String> parameters,
        Map<String, String> labels,
        Map<String, String> annotations,
        String argoNamespace) {

    public Submission {
        documents = List.copyOf(documents);
        parameters = Map.copyOf(parameters);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        if (documents.isEmpty() == from.isEmpty()) {
            throw new IllegalArgumentException(
                    "name one workflow to submit: a file, or from: 'workflowtemplate/NAME' (or"
                            + " clusterworkflowtemplate, cronworkflow)");
        }
    }
}
