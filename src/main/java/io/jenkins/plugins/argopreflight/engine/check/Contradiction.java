package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A contradiction between values of one field, which no single value can resolve. */
final class Contradiction {

    private Contradiction() {}

    /** Returns a description of the first contradiction, or empty if the values can be combined. */
    static Optional<String> in(List<JsonNode> values) {
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                Optional<String> found = between("", values.get(i), values.get(j));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> between(String path, JsonNode one, JsonNode other) {
        if (path.endsWith("capabilities")) {
            return capability(one, other).or(() -> capability(other, one));
        }
        if (one.isObject() && other.isObject()) {
            for (Map.Entry<String, JsonNode> field : one.properties()) {
                JsonNode otherValue = other.path(field.getKey());
                Optional<String> found = otherValue.isMissingNode()
                        ? Optional.empty()
                        : between(FieldPath.field(path, field.getKey()), field.getValue(), otherValue);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        boolean scalars = one.isValueNode() && other.isValueNode();
        boolean yaml = one.asText().contains("\n") || other.asText().contains("\n");
        return scalars && !yaml && !one.equals(other)
                ? Optional.of((path.isEmpty() ? "the value" : path) + " is " + one.asText() + " in one and "
                        + other.asText() + " in the other")
                : Optional.empty();
    }

    /** Returns the contradiction about capabilities that one value adds and the other drops. */
    private static Optional<String> capability(JsonNode one, JsonNode other) {
        Set<String> contradictory = names(one.path("add"));
        Set<String> dropped = names(other.path("drop"));
        List<String> addedByOther = new ArrayList<>(names(other.path("add")));
        contradictory.removeAll(addedByOther);
        contradictory.remove("NET_BIND_SERVICE");
        contradictory.removeIf(name -> !dropped.contains(name) && !dropped.contains("ALL"));
        return contradictory.isEmpty()
                ? Optional.empty()
                : Optional.of("one adds " + String.join(", ", contradictory) + ", the other drops "
                        + String.join(", ", dropped));
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(each -> names.add(each.asText().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "")));
        return names;
    }
}
