package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.GoJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Helpers for JSON trees. They never change their arguments, except {@link #listOf} and {@link #objectOf}. */
public final class Json {

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static ArrayNode list(List<String> texts) {
        ArrayNode list = list();
        texts.forEach(list::add);
        return list;
    }

    /** Returns the text of a field, "" if it is absent. */
    public static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }

    /** Returns whether Go would write the field to JSON: it exists, is not null and not empty. */
    public static boolean has(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        return value.isContainerNode()
                ? !value.isEmpty()
                : !value.isTextual() || !value.asText().isEmpty();
    }

    /** Returns whether a pointer field is set: it exists and is not null. It can be empty. */
    public static boolean isSet(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && !value.isNull();
    }

    /** Returns a copy that can be changed; an empty object if the argument is not an object. */
    public static ObjectNode copy(JsonNode object) {
        return object instanceof ObjectNode node ? node.deepCopy() : object();
    }

    /** Returns a list field of an object that can be changed, and creates it if it is absent. */
    public static ArrayNode listOf(ObjectNode object, String field) {
        return object.get(field) instanceof ArrayNode list ? list : object.putArray(field);
    }

    /** Returns an object field of an object that can be changed, and creates it if it is absent. */
    public static ObjectNode objectOf(ObjectNode object, String field) {
        return object.get(field) instanceof ObjectNode child ? child : object.putObject(field);
    }

    /** Returns the first element of a list with this name. For several look-ups in a list use {@link #byName}. */
    public static Optional<JsonNode> find(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (text(element, "name").equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the elements of a list by their names, in their order. If several have the same name, the first is
     * returned.
     */
    public static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        list.forEach(element -> elements.putIfAbsent(text(element, "name"), element));
        return elements;
    }

    /** Returns the content of Argo's AnyString: the text of a scalar, the JSON of a list or object. */
    public static String anyString(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** Returns the JSON that Go's {@code json.Marshal} writes. */
    public static String marshalled(JsonNode value) {
        return GoJson.escaped(value.toString());
    }

    /** Returns a list of parameters in the JSON that Go writes: each value is a string. */
    public static String parameters(JsonNode parameters) {
        ArrayNode result = list();
        for (JsonNode parameter : parameters) {
            ObjectNode converted = copy(parameter);
            for (String field : List.of("value", "default")) {
                if (isSet(converted, field)) {
                    converted.put(field, anyString(converted.get(field)));
                }
            }
            if (converted.get("enum") instanceof ArrayNode values) {
                for (int i = 0; i < values.size(); i++) {
                    values.set(i, anyString(values.get(i)));
                }
            }
            result.add(converted);
        }
        return marshalled(result);
    }

    /** Returns the text of Argo's Item: JSON, where a string has no quotes, but its escapes. */
    public static String item(JsonNode value) {
        String json = value.toString();
        return value.isTextual() ? json.substring(1, json.length() - 1) : json;
    }
}
