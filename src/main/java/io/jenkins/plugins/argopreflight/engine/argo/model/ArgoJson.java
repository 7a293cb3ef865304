package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.GoJson;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/** The texts that Argo makes of JSON values, as Go prints them. */
public final class ArgoJson {

    private ArgoJson() {}

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
        ArrayNode result = Json.list();
        for (JsonNode parameter : parameters) {
            ObjectNode converted = Json.copy(parameter);
            for (String field : List.of("value", "default")) {
                if (Json.isSet(converted, field)) {
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

    /** Returns the text of Argo's Item: its JSON. A string has no quotes, but keeps its escapes. */
    public static String item(JsonNode value) {
        String json = value.toString();
        return value.isTextual() ? json.substring(1, json.length() - 1) : json;
    }
}
