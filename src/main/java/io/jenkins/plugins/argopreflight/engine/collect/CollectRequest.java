package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What shall be collected.
 *
 * @param workflows the given files, the namespaces, and what is reported of Argo
 * @param names of objects in the cluster, {@code KIND/NAME} in kubectl's spellings
 * @param kubernetesVersion such as {@code v1.34.4}; empty to take the server's
 * @param podSecurity {@code LEVEL} or {@code LEVEL:VERSION} to judge pods by instead of the namespace's labels; ""
 * @param nodeCredentials patterns of images that the nodes pull with credentials of their own, besides those that a
 *     snapshot names
 * @param failedPulls images that kubelets report they cannot pull: nodes have no other means for them
 * @param clusterAsked whether a cluster that does not answer is something that was asked and could not be checked
 */
public record CollectRequest(
        WorkflowRequest workflows,
        List<String> names,
        Optional<String> kubernetesVersion,
        String podSecurity,
        List<String> nodeCredentials,
        Set<String> failedPulls,
        boolean clusterAsked) {

    public CollectRequest {
        names = List.copyOf(names);
        nodeCredentials = List.copyOf(nodeCredentials);
        failedPulls = Set.copyOf(failedPulls);
    }

    CollectRequest with(WorkflowRequest other) {
        return new CollectRequest(
                other, names, kubernetesVersion, podSecurity, nodeCredentials, failedPulls, clusterAsked);
    }

    /** Without reports of kubelets. */
    public CollectRequest(
            WorkflowRequest workflows,
            List<String> names,
            Optional<String> kubernetesVersion,
            String podSecurity,
            List<String> nodeCredentials,
            boolean clusterAsked) {
        this(workflows, names, kubernetesVersion, podSecurity, nodeCredentials, Set.of(), clusterAsked);
    }
}
