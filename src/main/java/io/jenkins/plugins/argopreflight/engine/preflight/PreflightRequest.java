package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shall be judged.
 *
 * @param documents of the given files: workflows, and what they refer to
 * @param names of objects in the cluster, {@code KIND/NAME}: workflow, workflowtemplate, clusterworkflowtemplate,
 *     cronworkflow, pod, in kubectl's spellings
 * @param namespace of every object that does not say it, and of the names
 * @param argoNamespace where the controller runs
 * @param argoVersion empty to take the controller's
 * @param kubernetesVersion such as {@code v1.34.4}; empty to take the server's
 * @param podSecurity {@code LEVEL} or {@code LEVEL:VERSION} to judge pods by instead of the namespace's labels; ""
 * @param controllerFiles the controller's ConfigMap, and its Deployment when given; none to ask the cluster
 * @param parameters values that the submission gives to the workflows' parameters
 * @param nodeCredentials patterns of images that the nodes pull with credentials of their own, as an administrator says
 * @param ignores checks whose findings shall not count
 * @param gate from which outcome on it fails
 * @param today by which expiries are judged
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
        List<Ignore> ignores,
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
