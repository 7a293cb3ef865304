package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose pods are asked for.
 *
 * @param documents workflows, and what they refer to, as far as files hold it; kept as their author means them
 * @param namespace of every object that does not say it
 * @param argoNamespace where the controller runs
 * @param argoVersion empty to take the controller's
 * @param controllerFiles the controller's ConfigMap, and its Deployment when given; none to ask the cluster
 * @param parameters values that the submission gives to the workflows' parameters, as {@code argo submit -p} does
 */
public record WorkflowRequest(
        List<Document> documents,
        String namespace,
        String argoNamespace,
        Optional<ArgoVersion> argoVersion,
        List<Document> controllerFiles,
        Map<String, String> parameters) {

    public WorkflowRequest {
        documents = documents.stream().map(FieldWalk::meant).toList();
        controllerFiles = List.copyOf(controllerFiles);
        parameters = Map.copyOf(parameters);
    }

    /** Without values from the submission. */
    public WorkflowRequest(
            List<Document> documents,
            String namespace,
            String argoNamespace,
            Optional<ArgoVersion> argoVersion,
            List<Document> controllerFiles) {
        this(documents, namespace, argoNamespace, argoVersion, controllerFiles, Map.of());
    }
}
