package io.jenkins.plugins.argopreflight.engine.util.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Readers of JSON trees, which change none of them, and constructors of new trees. */
public final class Json {

    private Json() {}

    /** Returns the text at a path; "" if it is absent or null. */
    public static String text(JsonNode object, String... path) {
        JsonNode node = object;
        for (String field : path) {
            node = node.path(field);
        }
        return node.asText("");
    }

    /** Returns an object's fields as strings, in their order; null values read as "". */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.properties().forEach(entry -> values.put(entry.getKey(), text(entry.getValue())));
        return Collections.unmodifiableMap(values);
    }

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
}
