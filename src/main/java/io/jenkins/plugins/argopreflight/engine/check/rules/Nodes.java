package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a pod may stand, as far as its nodeSelector and required node affinity say; and what those nodes are. */
final class Nodes {

    private Nodes() {}

    static Fact<List<ObjectNode>> all(Facts facts) {
        return facts.cluster().list(Resource.NODES, "");
    }

    /** The nodes that a pod may stand on; all where none fits, since another check tells that. */
    static List<ObjectNode> of(PodPull row, List<ObjectNode> nodes) {
        JsonNode spec = row.pod().spec();
        List<ObjectNode> fitting =
                nodes.stream().filter(node -> isSelected(spec, node)).toList();
        return fitting.isEmpty() ? nodes : fitting;
    }

    private static boolean isSelected(JsonNode spec, ObjectNode node) {
        Map<String, String> labels = Objects.labels(node);
        boolean selected = Objects.strings(spec.path("nodeSelector")).entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey()))
                        || wanted.getValue().contains("{{"));
        JsonNode terms = spec.path("affinity")
                .path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")
                .path("nodeSelectorTerms");
        if (!selected || terms.isEmpty()) {
            return selected;
        }
        for (JsonNode term : terms) {
            boolean all = !term.path("matchExpressions").isEmpty()
                    || !term.path("matchFields").isEmpty();
            for (JsonNode expression : term.path("matchExpressions")) {
                all &= matches(expression, labels);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(JsonNode expression, Map<String, String> labels) {
        String value = labels.get(Objects.text(expression, "key"));
        Set<String> values = new LinkedHashSet<>();
        expression.path("values").forEach(each -> values.add(each.asText()));
        return switch (Objects.text(expression, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> true;
        };
    }

    /** What a node is: its labels, else its nodeInfo. */
    static Platform platform(ObjectNode node) {
        Map<String, String> labels = Objects.labels(node);
        String os =
                labels.getOrDefault("kubernetes.io/os", Objects.text(node, "status", "nodeInfo", "operatingSystem"));
        String architecture =
                labels.getOrDefault("kubernetes.io/arch", Objects.text(node, "status", "nodeInfo", "architecture"));
        return Platform.parse((os.isEmpty() ? "linux" : os) + "/" + architecture);
    }

    /** The platforms that the controller may have: those of the linux nodes; none where nobody could look. */
    static Set<Platform> controllerPlatforms(Facts facts) {
        return all(facts).ifKnown().orElse(List.of()).stream()
                .map(Nodes::platform)
                .filter(platform -> platform.os().equals("linux")
                        && !platform.architecture().isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the image of a pull has something for a platform; its configuration is known. */
    static Platform.Fit fit(PodPull row, Platform node) {
        return Platform.fit(
                row.config().ifKnown().orElseThrow().platforms().stream()
                        .map(Platform::parse)
                        .toList(),
                node);
    }

    static String named(List<ObjectNode> nodes) {
        return PullRule.listed(nodes.stream().map(Objects::name).toList());
    }
}
