package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.Platform;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes on which a pod can run by its nodeSelector, required node affinity, tolerations and nodeName. The result is
 * cached for pods with the same constraints.
 */
public final class Placement {

    /** The fields of a pod that limit the nodes on which it can run. */
    private record Constraints(JsonNode name, JsonNode selector, JsonNode terms, JsonNode tolerations) {
        static Constraints of(JsonNode spec) {
            return new Constraints(
                    spec.path("nodeName"),
                    spec.path("nodeSelector"),
                    NodeSelectors.required(spec),
                    spec.path("tolerations"));
        }
    }

    private final Fact<List<ObjectNode>> nodes;
    private final Map<Constraints, List<ObjectNode>> allowed = new ConcurrentHashMap<>();

    public Placement(Fact<List<ObjectNode>> nodes) {
        this.nodes = nodes;
    }

    /** The nodes of the cluster; Unknown if they could not be read. */
    public Fact<List<ObjectNode>> nodes() {
        return nodes;
    }

    /**
     * Returns the nodes on which the pod can run; their free capacity is not considered. Empty if the nodes are
     * unknown.
     */
    public List<ObjectNode> allowed(JsonNode podSpec) {
        return allowed.computeIfAbsent(
                Constraints.of(podSpec),
                constraints -> nodes.ifKnown().orElse(List.of()).stream()
                        .filter(node -> NodeFit.isAllowed(podSpec, node))
                        .toList());
    }

    /**
     * Returns the platforms of the nodes on which the pod can run, such as {@code linux/amd64}, sorted and without
     * duplicates.
     */
    public List<String> platforms(JsonNode podSpec) {
        return allowed(podSpec).stream()
                .map(Placement::platform)
                .filter(platform -> !platform.architecture().isEmpty())
                .map(Platform::toString)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the platform of a node, from its labels or else from its nodeInfo. */
    public static Platform platform(ObjectNode node) {
        Map<String, String> labels = KubeObjects.labels(node);
        String os = labels.getOrDefault("kubernetes.io/os", Json.text(node, "status", "nodeInfo", "operatingSystem"));
        String architecture =
                labels.getOrDefault("kubernetes.io/arch", Json.text(node, "status", "nodeInfo", "architecture"));
        return Platform.parse((os.isEmpty() ? "linux" : os) + "/" + architecture);
    }
}
