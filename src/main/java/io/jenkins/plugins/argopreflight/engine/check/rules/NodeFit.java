package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * Why a pod cannot stand on a node, each reason as the scheduler's filters word it. Source: kubernetes
 * pkg/scheduler/framework/plugins/{nodeunschedulable,tainttoleration,nodeaffinity,noderesources}.
 */
final class NodeFit {

    /** What keeps a pod off a node; of equal ones the first is told. */
    enum Obstacle {
        CORDONED,
        TAINT,
        SELECTOR,
        AFFINITY,
        RESOURCES
    }

    private final ObjectNode node;
    private final Map<Obstacle, String> obstacles = new EnumMap<>(Obstacle.class);

    private NodeFit(ObjectNode node) {
        this.node = node;
    }

    static NodeFit of(JsonNode podSpec, ObjectNode node) {
        NodeFit fit = new NodeFit(node);
        boolean named = !Objects.text(podSpec, "nodeName").isEmpty();
        if (named) {
            return fit;
        }
        JsonNode tolerations = podSpec.path("tolerations");
        if (node.path("spec").path("unschedulable").asBoolean()
                && !Tolerations.cover(tolerations, Tolerations.CORDON)) {
            fit.obstacles.put(Obstacle.CORDONED, "node(s) were unschedulable");
        }
        Tolerations.firstUntolerated(tolerations, node.path("spec").path("taints"))
                .filter(taint -> !taint.startsWith("node.kubernetes.io/unschedulable"))
                .ifPresent(
                        taint -> fit.obstacles.put(Obstacle.TAINT, "node(s) had untolerated taint(s) {" + taint + "}"));
        if (!NodeSelectors.matches(podSpec.path("nodeSelector"), node)) {
            fit.obstacles.put(Obstacle.SELECTOR, "node(s) didn't match Pod's node affinity/selector");
        }
        if (!NodeSelectors.matchesTerms(NodeSelectors.required(podSpec), node)) {
            fit.obstacles.put(Obstacle.AFFINITY, "node(s) didn't match Pod's node affinity/selector");
        }
        fit.resources(Quantities.requests(podSpec));
        return fit;
    }

    private void resources(Map<String, BigDecimal> requests) {
        JsonNode allocatable = node.path("status").path("allocatable");
        if (allocatable.isMissingNode()) {
            return;
        }
        requests.forEach((resource, wanted) -> {
            BigDecimal has =
                    Quantities.parse(allocatable.path(resource).asText("0")).orElse(wanted);
            if (wanted.compareTo(has) > 0) {
                obstacles.merge(Obstacle.RESOURCES, "Insufficient " + resource, (a, b) -> a + ", " + b);
            }
        });
    }

    ObjectNode node() {
        return node;
    }

    String name() {
        return Objects.name(node);
    }

    Map<Obstacle, String> obstacles() {
        return obstacles;
    }

    /** A node of the control plane is tainted on purpose: the last that anybody would open. */
    boolean isControlPlane() {
        return Objects.labels(node).containsKey("node-role.kubernetes.io/control-plane");
    }

    @Override
    public String toString() {
        return name() + ": " + String.join("; ", obstacles.values());
    }
}
