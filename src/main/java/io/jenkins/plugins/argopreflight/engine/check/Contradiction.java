package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Values of one field of which no single one does what all of them are for. */
final class Contradiction {

    private Contradiction() {}

    /** What excludes what; empty where all values can be one. */
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
                JsonNode same = other.path(field.getKey());
                Optional<String> found = same.isMissingNode()
                        ? Optional.empty()
                        : between(FieldPath.field(path, field.getKey()), field.getValue(), same);
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

    /** Of a capability that one adds and the other drops. */
    private static Optional<String> capability(JsonNode one, JsonNode other) {
        Set<String> both = names(one.path("add"));
        Set<String> dropped = names(other.path("drop"));
        List<String> kept = new ArrayList<>(names(other.path("add")));
        both.removeAll(kept);
        both.remove("NET_BIND_SERVICE");
        both.removeIf(name -> !dropped.contains(name) && !dropped.contains("ALL"));
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "one adds " + String.join(", ", both) + ", the other drops " + String.join(", ", dropped));
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(each -> names.add(each.asText().toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "")));
        return names;
    }
}
