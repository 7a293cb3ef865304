package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether nodes can be added to a cluster while pods wait, as far as the nodes that it has show it. */
final class AddedNodes {

    /** Nodes of a cluster without machines of its own to add: no autoscaler starts another one. */
    private static final Pattern FIXED = Pattern.compile("(?:kind|k3s|k3d|minikube|metal3)://.*|");

    /**
     * Labels and taints of nodes of a group that is made larger on demand. Sources: https://karpenter.sh/docs/concepts,
     * kubernetes/autoscaler cluster-autoscaler/utils/taints, and the labels of EKS, eksctl, GKE, AKS and kOps.
     */
    private static final Pattern GROUP =
            Pattern.compile("karpenter\\.sh/.*|eks\\.amazonaws\\.com/(?:nodegroup|compute-type)"
                    + "|alpha\\.eksctl\\.io/nodegroup-name|cloud\\.google\\.com/gke-nodepool|kubernetes\\.azure\\.com/agentpool"
                    + "|kops\\.k8s\\.io/instancegroup|cluster-autoscaler\\.kubernetes\\.io/.*"
                    + "|(?:ToBeDeletedBy|DeletionCandidateOf)ClusterAutoscaler");

    private AddedNodes() {}

    /** Whether another node of the same kind can be added. */
    static boolean canBeLike(Collection<? extends JsonNode> nodes) {
        return canDiffer(nodes)
                || nodes.stream()
                        .anyMatch(node -> !FIXED.matcher(Objects.text(node, "spec", "providerID"))
                                .matches());
    }

    /**
     * Whether a node with other labels, taints and capacity can be added: a group of nodes can be empty. That the nodes are
     * machines of a cloud is too little for it.
     */
    static boolean canDiffer(Collection<? extends JsonNode> nodes) {
        return nodes.stream()
                .flatMap(AddedNodes::marks)
                .anyMatch(mark -> GROUP.matcher(mark).matches());
    }

    private static Stream<String> marks(JsonNode node) {
        return Stream.concat(
                Objects.labels(node).keySet().stream(),
                node.path("spec").path("taints").valueStream().map(taint -> Objects.text(taint, "key")));
    }
}
