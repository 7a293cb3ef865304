package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;

/**
 * A request to submit a workflow.
 *
 * @param documents the documents of a file with one Workflow; none if it comes from the cluster
 * @param from {@code KIND/NAME} of a WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow; "" for a file
 * @param namespace the namespace of a workflow that does not specify it, and of the object in {@code from}
 * @param name the name that replaces that of the manifest; "" to keep that of the manifest
 * @param generateName the generateName that replaces that of the manifest; "" to keep that of the manifest
 * @param parameters parameters that are added to those of the workflow, or replace them
 * @param labels labels that are added to those of the workflow, or replace them
 * @param annotations annotations that are added to those of the workflow, or replace them
 * @param argoNamespace the namespace of the controller whose instanceID the workflow gets
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
