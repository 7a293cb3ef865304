package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The matching of a node's labels with the node selector and node affinity of a pod. Source: k8s.io/component-helpers
 * scheduling/corev1/nodeaffinity.
 */
public final class NodeSelectors {

    private NodeSelectors() {}

    public static boolean matches(JsonNode selector, ObjectNode node) {
        Map<String, String> labels = KubeObjects.labels(node);
        return Json.strings(selector).entrySet().stream()
                .allMatch(label ->
                        label.getValue().contains("{{") || label.getValue().equals(labels.get(label.getKey())));
    }

    /** Returns the terms of a pod's required node affinity; Jackson's {@code MissingNode} if it has none. */
    public static JsonNode required(JsonNode podSpec) {
        return podSpec.path("affinity")
                .path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")
                .path("nodeSelectorTerms");
    }

    /** Returns whether a term matches the node. True if there is no list of terms. */
    public static boolean matchesTerms(JsonNode terms, ObjectNode node) {
        if (!terms.isArray()) {
            return true;
        }
        for (JsonNode term : terms) {
            boolean empty = term.path("matchExpressions").isEmpty()
                    && term.path("matchFields").isEmpty();
            if (!empty && matchesTerm(term, node)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the terms as text, such as {@code disk In [ssd] and zone Exists or zone In [b]}. */
    public static String text(JsonNode terms) {
        List<String> shown = new ArrayList<>();
        for (JsonNode term : terms) {
            List<String> parts = new ArrayList<>();
            for (String field : List.of("matchExpressions", "matchFields")) {
                for (JsonNode expression : term.path(field)) {
                    List<String> values = new ArrayList<>();
                    expression.path("values").forEach(value -> values.add(Json.text(value)));
                    parts.add(Json.text(expression, "key") + " " + Json.text(expression, "operator")
                            + (values.isEmpty() ? "" : " [" + String.join(", ", values) + "]"));
                }
            }
            shown.add(String.join(" and ", parts));
        }
        return String.join(" or ", shown);
    }

    private static boolean matchesTerm(JsonNode term, ObjectNode node) {
        for (JsonNode expression : term.path("matchExpressions")) {
            String key = Json.text(expression, "key");
            if (!matchesExpression(expression, KubeObjects.labels(node).get(key))) {
                return false;
            }
        }
        for (JsonNode field : term.path("matchFields")) {
            if (!matchesExpression(field, KubeObjects.name(node))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesExpression(JsonNode expression, @Nullable String value) {
        Set<String> values = new TreeSet<>();
        expression.path("values").forEach(each -> values.add(Json.text(each)));
        if (values.stream().anyMatch(each -> each.contains("{{"))) {
            return true;
        }
        return switch (Json.text(expression, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt", "Lt" -> isWithinLimit(expression, value, values);
            default -> true;
        };
    }

    private static boolean isWithinLimit(JsonNode expression, @Nullable String value, Set<String> values) {
        try {
            long actual = Long.parseLong(String.valueOf(value));
            long limit =
                    Long.parseLong(values.isEmpty() ? "" : values.iterator().next());
            return Json.text(expression, "operator").equals("Gt") ? actual > limit : actual < limit;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
