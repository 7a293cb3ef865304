package io.jenkins.plugins.argopreflight.engine.collect.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.PodResources;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.kube.ResourceList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The reasons for which a node cannot take a pod, each as the scheduler's filters word it. Source: kubernetes
 * pkg/scheduler/framework/plugins/{nodeunschedulable,tainttoleration,nodeaffinity,noderesources}.
 */
public final class NodeFit {

    /** A reason that keeps a pod off a node; of equal ones the first is reported. */
    public enum Obstacle implements CauseKind {
        CORDONED,
        TAINT,
        SELECTOR,
        AFFINITY,
        RESOURCES
    }

    /**
     * Taints that Kubernetes sets while the node has a problem, and removes afterwards; an administrator sets and removes
     * node.kubernetes.io/out-of-service. Source: kubernetes/api core/v1/well_known_taints.go, cloud-provider/api.
     */
    private static final Pattern PASSING = Pattern.compile("node\\.kubernetes\\.io/(?:not-ready|unreachable"
            + "|memory-pressure|disk-pressure|pid-pressure|network-unavailable)[=:].*"
            + "|node\\.cloudprovider\\.kubernetes\\.io/(?:uninitialized|shutdown)[=:].*");

    private final ObjectNode node;
    private final List<String> taints;
    private final Map<Obstacle, String> obstacles = new EnumMap<>(Obstacle.class);

    private NodeFit(ObjectNode node, List<String> taints) {
        this.node = node;
        this.taints = taints;
    }

    /** Returns the fit of a pod on each of these nodes. */
    public static List<NodeFit> of(JsonNode podSpec, List<ObjectNode> nodes) {
        ResourceList requests = PodResources.requested(podSpec);
        return nodes.stream().map(node -> of(podSpec, requests, node)).toList();
    }

    /** Returns whether there are nodes, and none of them takes the pod. */
    public static boolean isNowhere(JsonNode podSpec, List<ObjectNode> nodes) {
        ResourceList requests = PodResources.requested(podSpec);
        return !nodes.isEmpty()
                && nodes.stream()
                        .noneMatch(node -> of(podSpec, requests, node).obstacles.isEmpty());
    }

    private static NodeFit of(JsonNode podSpec, ResourceList requests, ObjectNode node) {
        NodeFit fit = placed(podSpec, node);
        if (!isNamed(podSpec)) {
            fit.resources(requests);
        }
        return fit;
    }

    /** Returns whether the node can take the pod, if capacity were left: no taint, label or affinity keeps it off. */
    static boolean isAllowed(JsonNode podSpec, ObjectNode node) {
        return isNamed(podSpec)
                ? Objects.text(podSpec, "nodeName").equals(Objects.name(node))
                : placed(podSpec, node).obstacles.isEmpty();
    }

    private static boolean isNamed(JsonNode podSpec) {
        return !Objects.text(podSpec, "nodeName").isEmpty();
    }

    private static NodeFit placed(JsonNode podSpec, ObjectNode node) {
        if (isNamed(podSpec)) {
            return new NodeFit(node, List.of());
        }
        JsonNode tolerations = podSpec.path("tolerations");
        NodeFit fit = new NodeFit(
                node,
                Tolerations.untolerated(tolerations, node.path("spec").path("taints")).stream()
                        .filter(taint -> !taint.startsWith("node.kubernetes.io/unschedulable"))
                        .toList());
        if (node.path("spec").path("unschedulable").asBoolean()
                && !Tolerations.cover(tolerations, Tolerations.CORDON)) {
            fit.obstacles.put(Obstacle.CORDONED, "node(s) were unschedulable");
        }
        if (!fit.taints.isEmpty()) {
            fit.obstacles.put(
                    Obstacle.TAINT, "node(s) had untolerated taint(s) {" + String.join(", ", fit.taints) + "}");
        }
        if (!NodeSelectors.matches(podSpec.path("nodeSelector"), node)) {
            fit.obstacles.put(Obstacle.SELECTOR, "node(s) didn't match Pod's node affinity/selector");
        }
        if (!NodeSelectors.matchesTerms(NodeSelectors.required(podSpec), node)) {
            fit.obstacles.put(Obstacle.AFFINITY, "node(s) didn't match Pod's node affinity/selector");
        }
        return fit;
    }

    private void resources(ResourceList requests) {
        JsonNode allocatable = node.path("status").path("allocatable");
        if (allocatable.isMissingNode()) {
            return;
        }
        for (String resource : requests.names()) {
            Quantity wanted = requests.get(resource).orElseThrow();
            Quantity has = Quantity.read(allocatable.path(resource).asText("0")).orElse(wanted);
            if (wanted.compareTo(has) > 0) {
                obstacles.merge(Obstacle.RESOURCES, "Insufficient " + resource, (a, b) -> a + ", " + b);
            }
        }
    }

    public ObjectNode node() {
        return node;
    }

    public String name() {
        return Objects.name(node);
    }

    public Map<Obstacle, String> obstacles() {
        return obstacles;
    }

    /** Returns whether only taints keep the pod off that Kubernetes sets while the node has a problem. */
    public boolean isPassing() {
        return obstacles.keySet().equals(Set.of(Obstacle.TAINT))
                && taints.stream().allMatch(NodeFit::passes);
    }

    /** Returns the taint that keeps the pod off, {@code key=value:effect}: of several, the first that does not pass. */
    public String taint() {
        return taints.stream().filter(taint -> !passes(taint)).findFirst().orElseGet(() -> taints.get(0));
    }

    private static boolean passes(String taint) {
        return PASSING.matcher(taint).matches();
    }

    /** Returns whether the node is one of the control plane, which is tainted on purpose. */
    public boolean isControlPlane() {
        return Objects.labels(node).containsKey("node-role.kubernetes.io/control-plane");
    }

    @Override
    public String toString() {
        return name() + ": " + String.join("; ", obstacles.values());
    }
}
