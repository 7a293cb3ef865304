package io.jenkins.plugins.argopreflight.engine.collect.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.Platform;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * On which nodes pods can stand, by their nodeSelector, required node affinity, tolerations and nodeName; pods that ask
 * alike are answered once.
 */
public final class Placement {

    /** All of a pod that says where it can stand. */
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

    /** All nodes; Unknown when it could not be checked. */
    public Fact<List<ObjectNode>> nodes() {
        return nodes;
    }

    /** The nodes that a pod can stand on, if capacity were left; none where none is known. */
    public List<ObjectNode> allowed(JsonNode podSpec) {
        return allowed.computeIfAbsent(
                Constraints.of(podSpec),
                constraints -> nodes.ifKnown().orElse(List.of()).stream()
                        .filter(node -> NodeFit.isAllowed(podSpec, node))
                        .toList());
    }

    /** What those nodes are, such as {@code linux/amd64}, each once and in order. */
    public List<String> platforms(JsonNode podSpec) {
        return allowed(podSpec).stream()
                .map(Placement::platform)
                .filter(platform -> !platform.architecture().isEmpty())
                .map(Platform::toString)
                .distinct()
                .sorted()
                .toList();
    }

    /** What a node is: its labels, else its nodeInfo. */
    public static Platform platform(ObjectNode node) {
        Map<String, String> labels = Objects.labels(node);
        String os =
                labels.getOrDefault("kubernetes.io/os", Objects.text(node, "status", "nodeInfo", "operatingSystem"));
        String architecture =
                labels.getOrDefault("kubernetes.io/arch", Objects.text(node, "status", "nodeInfo", "architecture"));
        return Platform.parse((os.isEmpty() ? "linux" : os) + "/" + architecture);
    }
}
