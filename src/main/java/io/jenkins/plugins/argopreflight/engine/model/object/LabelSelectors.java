package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rules for label selectors with matchLabels and matchExpressions. An absent or empty selector matches everything.
 */
public final class LabelSelectors {

    private LabelSelectors() {}

    public static boolean matches(JsonNode selector, Map<String, String> labels) {
        for (var wanted : selector.path("matchLabels").properties()) {
            if (!Json.text(wanted.getValue()).equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!matchesExpression(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesExpression(JsonNode expression, Map<String, String> labels) {
        String key = Json.text(expression, "key");
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(Json.text(value)));
        return switch (Json.text(expression, "operator")) {
            case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "Exists" -> labels.containsKey(key);
            case "DoesNotExist" -> !labels.containsKey(key);
            default -> true;
        };
    }
}
