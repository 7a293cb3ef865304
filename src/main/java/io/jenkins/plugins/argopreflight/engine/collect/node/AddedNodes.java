package io.jenkins.plugins.argopreflight.engine.collect.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether nodes can be added to a cluster while pods wait, as far as its nodes and its autoscaler's status show it. */
public final class AddedNodes {

    /** Nodes of a cluster without machines of its own to add: no autoscaler starts another one. */
    private static final Pattern FIXED = Pattern.compile("(?:kind|k3s|k3d|minikube|metal3)://.*|");

    /**
     * Labels and taints of nodes that an autoscaler made or is about to remove; those of a cloud's pools are on pools of a
     * fixed size too. Sources: https://karpenter.sh/docs/concepts, kubernetes/autoscaler cluster-autoscaler/utils/taints,
     * https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
     */
    private static final Pattern ON_DEMAND = Pattern.compile(
            "karpenter\\.sh/.*|eks\\.amazonaws\\.com/compute-type|cluster-autoscaler\\.kubernetes\\.io/.*"
                    + "|(?:ToBeDeletedBy|DeletionCandidateOf)ClusterAutoscaler");

    private AddedNodes() {}

    /** Whether a node with other labels, taints and capacity can be added. */
    public static Fact<Boolean> canDiffer(Collection<? extends JsonNode> nodes, ClusterView cluster) {
        if (!needsStatus(nodes)) {
            return Fact.known(areMarked(nodes));
        }
        Need status = Need.CLUSTER_AUTOSCALER;
        return cluster.get(Resource.CONFIG_MAPS, status.namespace(), status.object())
                .map(Optional::isPresent);
    }

    /**
     * Whether only {@link Need#CLUSTER_AUTOSCALER} shows it: pools of a cloud that are scaled from zero have no marks, and
     * pools can have a fixed size.
     */
    public static boolean needsStatus(Collection<? extends JsonNode> nodes) {
        return !areMarked(nodes) && areOfCloud(nodes);
    }

    private static boolean areOfCloud(Collection<? extends JsonNode> nodes) {
        return nodes.stream()
                .anyMatch(node ->
                        !FIXED.matcher(Objects.text(node, "spec", "providerID")).matches());
    }

    private static boolean areMarked(Collection<? extends JsonNode> nodes) {
        return nodes.stream()
                .flatMap(AddedNodes::marks)
                .anyMatch(mark -> ON_DEMAND.matcher(mark).matches());
    }

    private static Stream<String> marks(JsonNode node) {
        return Stream.concat(
                Objects.labels(node).keySet().stream(),
                node.path("spec").path("taints").valueStream().map(taint -> Objects.text(taint, "key")));
    }
}
