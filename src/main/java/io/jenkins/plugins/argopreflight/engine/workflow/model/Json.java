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

/** Short words for JSON trees. Trees that come in are never changed; only what these methods make can be. */
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

    /** The text of a field, "" when it is absent. */
    public static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }

    /** Whether Go would keep the field in JSON: present, not null, and not empty. */
    public static boolean has(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        return value.isContainerNode()
                ? !value.isEmpty()
                : !value.isTextual() || !value.asText().isEmpty();
    }

    /** Whether a pointer field is set: present and not null, even when empty. */
    public static boolean isSet(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && !value.isNull();
    }

    /** A copy that can be changed; an empty object when it is none. */
    public static ObjectNode copy(JsonNode object) {
        return object instanceof ObjectNode node ? node.deepCopy() : object();
    }

    /** A list field of an object that can be changed, made when absent. */
    public static ArrayNode listOf(ObjectNode object, String field) {
        return object.get(field) instanceof ArrayNode list ? list : object.putArray(field);
    }

    /** An object field of an object that can be changed, made when absent. */
    public static ObjectNode objectOf(ObjectNode object, String field) {
        return object.get(field) instanceof ObjectNode child ? child : object.putObject(field);
    }

    /** The first element of a list with this name. To look up one after the other, take {@link #byName}. */
    public static Optional<JsonNode> find(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (text(element, "name").equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** The elements of a list by their names, in their order; of several with the same name the first. */
    public static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        list.forEach(element -> elements.putIfAbsent(text(element, "name"), element));
        return elements;
    }

    /** What Argo's AnyString holds: the text of a string, the JSON of anything else. */
    public static String anyString(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** As Go's {@code json.Marshal} writes it. */
    public static String marshalled(JsonNode value) {
        return GoJson.escaped(value.toString());
    }

    /** A list of parameters as Go writes it: each value is a string. */
    public static String parameters(JsonNode parameters) {
        ArrayNode written = list();
        for (JsonNode parameter : parameters) {
            ObjectNode one = copy(parameter);
            for (String field : List.of("value", "default")) {
                if (isSet(one, field)) {
                    one.put(field, anyString(one.get(field)));
                }
            }
            if (one.get("enum") instanceof ArrayNode values) {
                for (int i = 0; i < values.size(); i++) {
                    values.set(i, anyString(values.get(i)));
                }
            }
            written.add(one);
        }
        return marshalled(written);
    }

    /** What Argo's Item prints: JSON, of a string without its quotes but with its escapes. */
    public static String item(JsonNode value) {
        String json = value.toString();
        return value.isTextual() ? json.substring(1, json.length() - 1) : json;
    }
}
