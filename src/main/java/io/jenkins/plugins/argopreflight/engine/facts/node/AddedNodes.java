package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The nodes that an autoscaler can add to a cluster while pods wait, as far as the existing nodes and the status of the
 * autoscaler show it.
 */
public final class AddedNodes {

    /** Pattern of the provider IDs of clusters for which no autoscaler starts nodes. An absent ID is one of them. */
    private static final Pattern FIXED = Pattern.compile("(?:kind|k3s|k3d|minikube|metal3)://.*|");

    /**
     * The labels and taints of nodes that an autoscaler added or will remove. Labels of a cloud's node pools are not
     * among them: pools of a fixed size have them too. Sources: https://karpenter.sh/docs/concepts,
     * kubernetes/autoscaler cluster-autoscaler/utils/taints,
     * https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
     */
    private static final Pattern ON_DEMAND = Pattern.compile(
            "karpenter\\.sh/.*|eks\\.amazonaws\\.com/compute-type|cluster-autoscaler\\.kubernetes\\.io/.*"
                    + "|(?:ToBeDeletedBy|DeletionCandidateOf)ClusterAutoscaler");

    private AddedNodes() {}

    /** Returns whether a node with other labels, taints or capacity can be added. */
    public static Fact<Boolean> canDiffer(Collection<? extends JsonNode> nodes, ClusterView cluster) {
        if (!needsStatus(nodes)) {
            return Fact.known(anyAutoscaled(nodes));
        }
        Need status = Need.CLUSTER_AUTOSCALER;
        return cluster.get(Resource.CONFIG_MAPS, status.namespace(), status.object())
                .map(Optional::isPresent);
    }

    /**
     * Returns whether only {@link Need#CLUSTER_AUTOSCALER} shows that nodes can be added. Nodes of a cloud have no such
     * labels if their pool is scaled from zero, and a pool can have a fixed size.
     */
    public static boolean needsStatus(Collection<? extends JsonNode> nodes) {
        return !anyAutoscaled(nodes) && anyInCloud(nodes);
    }

    private static boolean anyInCloud(Collection<? extends JsonNode> nodes) {
        return nodes.stream()
                .anyMatch(node ->
                        !FIXED.matcher(Json.text(node, "spec", "providerID")).matches());
    }

    private static boolean anyAutoscaled(Collection<? extends JsonNode> nodes) {
        return nodes.stream()
                .flatMap(AddedNodes::labelsAndTaints)
                .anyMatch(mark -> ON_DEMAND.matcher(mark).matches());
    }

    private static Stream<String> labelsAndTaints(JsonNode node) {
        return Stream.concat(
                KubeObjects.labels(node).keySet().stream(),
                node.path("spec").path("taints").valueStream().map(taint -> Json.text(taint, "key")));
    }
}
