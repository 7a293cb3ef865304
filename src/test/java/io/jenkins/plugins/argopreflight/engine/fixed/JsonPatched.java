package io.jenkins.plugins.argopreflight.engine.fixed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An operation of a JSON patch, on an object. */
final class JsonPatched {

    private JsonPatched() {}

    static void apply(ObjectNode object, JsonNode operation) {
        String path = operation.path("path").asText();
        int last = path.lastIndexOf('/');
        JsonNode parent = object.at(path.substring(0, last));
        String key = path.substring(last + 1).replace("~1", "/").replace("~0", "~");
        JsonNode value = operation.path("value");
        String how = operation.path("op").asText();
        if (parent instanceof ObjectNode fields) {
            switch (how) {
                case "add", "replace" -> fields.set(key, value);
                case "remove" -> fields.remove(key);
                default -> throw new IllegalArgumentException(operation.toString());
            }
        } else if (parent instanceof ArrayNode list) {
            switch (how) {
                case "add" -> {
                    if (key.equals("-")) {
                        list.add(value);
                    } else {
                        list.insert(Integer.parseInt(key), value);
                    }
                }
                case "replace" -> list.set(Integer.parseInt(key), value);
                case "remove" -> list.remove(Integer.parseInt(key));
                case "test" -> {
                    if (!list.path(Integer.parseInt(key)).equals(value)) {
                        throw new IllegalArgumentException("test failed: " + operation);
                    }
                }
                default -> throw new IllegalArgumentException(operation.toString());
            }
        } else {
            throw new IllegalArgumentException("no " + path);
        }
    }
}
