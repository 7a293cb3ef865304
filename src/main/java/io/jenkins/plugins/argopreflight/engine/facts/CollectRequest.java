package io.jenkins.plugins.argopreflight.engine.facts;

import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The request for the facts of a preflight: what the {@link Collector} reads.
 *
 * @param workflows the files to check, the namespaces and the known settings of Argo
 * @param names the objects of the cluster to check, {@code KIND/NAME} in kubectl's spellings
 * @param kubernetesVersion the version to assume, such as {@code v1.34.4}; empty for that of the API server
 * @param podSecurity the Pod Security level that replaces the labels of the namespace, {@code LEVEL} or {@code
 *     LEVEL:VERSION}; {@code ""} for the labels
 * @param nodeCredentials patterns of images for which the nodes have credentials, besides those that a snapshot lists
 * @param failedPulls images that kubelets report they cannot pull, so that the nodes have neither the image nor
 *     credentials
 */
public record CollectRequest(
        WorkflowRequest workflows,
        List<String> names,
        Optional<String> kubernetesVersion,
        String podSecurity,
        List<String> nodeCredentials,
        Set<String> failedPulls) {

    public CollectRequest {
        names = List.copyOf(names);
        nodeCredentials = List.copyOf(nodeCredentials);
        failedPulls = Set.copyOf(failedPulls);
    }

    CollectRequest withWorkflows(WorkflowRequest other) {
        return new CollectRequest(other, names, kubernetesVersion, podSecurity, nodeCredentials, failedPulls);
    }

    /** Creates a request without failed pulls. */
    public CollectRequest(
            WorkflowRequest workflows,
            List<String> names,
            Optional<String> kubernetesVersion,
            String podSecurity,
            List<String> nodeCredentials) {
        this(workflows, names, kubernetesVersion, podSecurity, nodeCredentials, Set.of());
    }
}
