package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request for a preflight.
 *
 * @param documents the documents of the files to check: workflows, and the objects to which they refer
 * @param names the objects of the cluster to check, {@code KIND/NAME}: workflow, workflowtemplate,
 *     clusterworkflowtemplate, cronworkflow, pod, in kubectl's spellings
 * @param namespace the namespace of objects that have none, and of the names
 * @param argoNamespace the namespace of the controller
 * @param argoVersion the version to assume; empty for that of the controller
 * @param kubernetesVersion the version to assume, such as {@code v1.34.4}; empty for that of the API server
 * @param podSecurity the Pod Security level that replaces the labels of the namespace, {@code LEVEL} or
 *     {@code LEVEL:VERSION}; {@code ""} for the labels
 * @param controllerFiles the controller's ConfigMap, and its Deployment if there is one; none to read them from the
 *     cluster
 * @param parameters the values that the submission gives to the workflows' parameters
 * @param nodeCredentials patterns of images for which the nodes have credentials, as an administrator configured them
 * @param ignores the suppressions
 * @param gate the least outcome with which the preflight fails
 * @param today the day from which expiries are computed
 */
public record PreflightRequest(
        List<Document> documents,
        List<String> names,
        String namespace,
        String argoNamespace,
        Optional<ArgoVersion> argoVersion,
        Optional<String> kubernetesVersion,
        String podSecurity,
        List<Document> controllerFiles,
        Map<String, String> parameters,
        List<String> nodeCredentials,
        List<Suppression> ignores,
        Gate gate,
        LocalDate today) {

    public PreflightRequest {
        documents = List.copyOf(documents);
        names = List.copyOf(names);
        controllerFiles = List.copyOf(controllerFiles);
        parameters = Map.copyOf(parameters);
        nodeCredentials = List.copyOf(nodeCredentials);
        ignores = List.copyOf(ignores);
    }
}
