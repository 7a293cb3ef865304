package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import io.jenkins.plugins.argopreflight.engine.model.object.Taint;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The reasons for which a node cannot take a pod, in the words of the scheduler's filters. Source: kubernetes
 * pkg/scheduler/framework/plugins/{nodeunschedulable,tainttoleration,nodeaffinity,noderesources}.
 */
public final class NodeFit {

    /** A reason for which a node cannot take a pod, in the order in which the reasons are reported. */
    public enum Obstacle implements CauseKind {
        CORDONED,
        TAINT,
        SELECTOR,
        AFFINITY,
        RESOURCES
    }

    /**
     * The keys of the taints that Kubernetes sets while the node has a problem, and removes afterwards.
     * node.kubernetes.io/out-of-service is not among them: an administrator sets and removes it. Source: kubernetes/api
     * core/v1/well_known_taints.go, cloud-provider/api.
     */
    private static final Set<String> TEMPORARY = Set.of(
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable",
            "node.kubernetes.io/memory-pressure",
            "node.kubernetes.io/disk-pressure",
            "node.kubernetes.io/pid-pressure",
            "node.kubernetes.io/network-unavailable",
            "node.cloudprovider.kubernetes.io/uninitialized",
            "node.cloudprovider.kubernetes.io/shutdown");

    private final ObjectNode node;
    private final List<Taint> taints;
    private final Map<Obstacle, String> obstacles = new EnumMap<>(Obstacle.class);
    private final List<String> insufficientResources = new ArrayList<>();

    private NodeFit(ObjectNode node, List<Taint> taints) {
        this.node = node;
        this.taints = taints;
    }

    public static List<NodeFit> of(JsonNode podSpec, List<ObjectNode> nodes) {
        ResourceList requests = PodResources.requested(podSpec);
        return nodes.stream().map(node -> of(podSpec, requests, node)).toList();
    }

    /** Returns whether there are nodes and none of them can take the pod. */
    public static boolean fitsNoNode(JsonNode podSpec, List<ObjectNode> nodes) {
        ResourceList requests = PodResources.requested(podSpec);
        return !nodes.isEmpty()
                && nodes.stream()
                        .noneMatch(node -> of(podSpec, requests, node).obstacles.isEmpty());
    }

    private static NodeFit of(JsonNode podSpec, ResourceList requests, ObjectNode node) {
        NodeFit fit = withoutCapacity(podSpec, node);
        if (!hasNodeName(podSpec)) {
            fit.addMissingResources(requests);
        }
        return fit;
    }

    /** Returns whether taints, labels and affinity allow the pod on the node. Its free capacity is not considered. */
    static boolean isAllowed(JsonNode podSpec, ObjectNode node) {
        return hasNodeName(podSpec)
                ? Json.text(podSpec, "nodeName").equals(KubeObjects.name(node))
                : withoutCapacity(podSpec, node).obstacles.isEmpty();
    }

    private static boolean hasNodeName(JsonNode podSpec) {
        return !Json.text(podSpec, "nodeName").isEmpty();
    }

    private static NodeFit withoutCapacity(JsonNode podSpec, ObjectNode node) {
        if (hasNodeName(podSpec)) {
            return new NodeFit(node, List.of());
        }
        JsonNode tolerations = podSpec.path("tolerations");
        NodeFit fit = new NodeFit(
                node,
                Tolerations.untolerated(tolerations, node.path("spec").path("taints")).stream()
                        // This taint is reported as CORDONED.
                        .filter(taint -> !taint.key().equals(Tolerations.CORDON.key()))
                        .toList());
        if (node.path("spec").path("unschedulable").asBoolean()
                && !Tolerations.anyCovers(tolerations, Tolerations.CORDON)) {
            fit.obstacles.put(Obstacle.CORDONED, "node(s) were unschedulable");
        }
        if (!fit.taints.isEmpty()) {
            fit.obstacles.put(Obstacle.TAINT, "node(s) had untolerated taint(s)");
        }
        if (!NodeSelectors.matches(podSpec.path("nodeSelector"), node)) {
            fit.obstacles.put(Obstacle.SELECTOR, "node(s) didn't match Pod's node affinity/selector");
        }
        if (!NodeSelectors.matchesTerms(NodeSelectors.required(podSpec), node)) {
            fit.obstacles.put(Obstacle.AFFINITY, "node(s) didn't match Pod's node affinity/selector");
        }
        return fit;
    }

    private void addMissingResources(ResourceList requests) {
        JsonNode allocatable = node.path("status").path("allocatable");
        if (allocatable.isMissingNode()) {
            return;
        }
        for (String resource : requests.names()) {
            Quantity requestedAmount = requests.get(resource).orElseThrow();
            Quantity allocatableAmount =
                    Quantity.read(allocatable.path(resource).asText("0")).orElse(requestedAmount);
            if (requestedAmount.compareTo(allocatableAmount) > 0) {
                insufficientResources.add(resource);
                obstacles.merge(Obstacle.RESOURCES, "Insufficient " + resource, (a, b) -> a + ", " + b);
            }
        }
    }

    public ObjectNode node() {
        return node;
    }

    public String name() {
        return KubeObjects.name(node);
    }

    /** Returns the obstacles with the scheduler's messages. */
    public Map<Obstacle, String> obstacles() {
        return obstacles;
    }

    /** Returns the resources of which the pod requests more than the node has. */
    public List<String> insufficientResources() {
        return List.copyOf(insufficientResources);
    }

    /** Returns whether the only obstacles are taints that Kubernetes removes when the node's problem ends. */
    public boolean isTemporary() {
        return obstacles.keySet().equals(Set.of(Obstacle.TAINT))
                && taints.stream().allMatch(NodeFit::isTemporary);
    }

    /**
     * Returns the taint that keeps the pod off the node: the first that Kubernetes does not remove by itself, else the
     * first.
     */
    public Taint taint() {
        return taints.stream().filter(taint -> !isTemporary(taint)).findFirst().orElseGet(() -> taints.get(0));
    }

    private static boolean isTemporary(Taint taint) {
        return TEMPORARY.contains(taint.key());
    }

    /** Returns whether the node belongs to the control plane, which is tainted on purpose. */
    public boolean isControlPlane() {
        return KubeObjects.labels(node).containsKey("node-role.kubernetes.io/control-plane");
    }

    @Override
    public String toString() {
        return name() + ": "
                + obstacles.entrySet().stream()
                        .map(each ->
                                each.getValue() + (each.getKey() == Obstacle.TAINT ? " {" + shown(taints) + "}" : ""))
                        .collect(Collectors.joining("; "));
    }

    private static String shown(List<Taint> taints) {
        return taints.stream().map(Taint::toString).collect(Collectors.joining(", "));
    }
}
