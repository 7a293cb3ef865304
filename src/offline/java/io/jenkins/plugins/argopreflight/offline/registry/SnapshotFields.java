package io.jenkins.plugins.argopreflight.offline.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of an object in a file. A wrong structure is reported with the position of the field, but without the
 * value, which can be secret.
 */
record SnapshotFields(Document document, JsonNode node, String path) {

    static SnapshotFields of(Document document) {
        return new SnapshotFields(document, document.root(), "");
    }

    /** Returns whether the field exists and is not null. */
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /**
     * Returns the error for a field.
     *
     * @param name name of the field; "" for the object itself
     */
    ManifestException wrong(String name, String reason) {
        String fieldPath = name.isEmpty() ? path : FieldPath.field(path, name);
        return new ManifestException(
                document.locate(fieldPath), fieldPath.isEmpty() ? reason : fieldPath + ": " + reason);
    }

    String text(String name) {
        return optional(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong("", "\"" + name + "\" is missing"));
    }

    Optional<String> optional(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        return Optional.of(string(node.get(name), name));
    }

    String choice(String name, String defaultValue, String... allowed) {
        String text = optional(name).orElse(defaultValue);
        if (!List.of(allowed).contains(text)) {
            throw wrong(name, "must be one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** Returns one of two numbers; the first if the field is absent. */
    int number(String name, int defaultValue, int other) {
        JsonNode value = node.path(name);
        if (!has(name) || value.isIntegralNumber() && value.longValue() == defaultValue) {
            return defaultValue;
        }
        if (!value.isIntegralNumber() || value.longValue() != other) {
            throw wrong(name, "must be " + defaultValue + " or " + other);
        }
        return other;
    }

    Optional<Boolean> flag(String name) {
        if (has(name) && !node.get(name).isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return has(name) ? Optional.of(node.get(name).booleanValue()) : Optional.empty();
    }

    /** Returns an object; an empty one if the field is absent. */
    SnapshotFields object(String name) {
        if (has(name) && !node.get(name).isObject()) {
            throw wrong(name, "must be an object");
        }
        JsonNode value = has(name) ? node.get(name) : JsonNodeFactory.instance.objectNode();
        return new SnapshotFields(document, value, FieldPath.field(path, name));
    }

    /** Returns the objects of a list; empty if the field is absent. */
    List<SnapshotFields> objects(String name) {
        List<SnapshotFields> objects = new ArrayList<>();
        for (JsonNode one : list(name)) {
            String at = FieldPath.element(FieldPath.field(path, name), objects.size());
            SnapshotFields fields = new SnapshotFields(document, one, at);
            if (!one.isObject()) {
                throw fields.wrong("", "must be an object");
            }
            objects.add(fields);
        }
        return objects;
    }

    /** Returns the strings of a list; empty if the field is absent. */
    List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (JsonNode one : list(name)) {
            strings.add(string(one, name));
        }
        return strings;
    }

    private JsonNode list(String name) {
        if (has(name) && !node.get(name).isArray()) {
            throw wrong(name, "must be a list");
        }
        return has(name) ? node.get(name) : JsonNodeFactory.instance.arrayNode();
    }

    private String string(JsonNode value, String name) {
        if (!value.isTextual()) {
            boolean scalar = value.isValueNode() && !value.isNull();
            throw wrong(name, "must be a string" + (scalar ? "; put it in quotes" : ""));
        }
        return Json.text(value);
    }
}
