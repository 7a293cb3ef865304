package io.jenkins.plugins.argopreflight.engine.check.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Creates patches for {@code kubectl patch}, see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>. */
public final class JsonPatch {

    private JsonPatch() {}

    /**
     * Returns a patch that adds a value.
     *
     * @param path a JSON pointer, such as {@code /rules/-}
     */
    public static ArrayNode add(String path, JsonNode value) {
        return operation("add", path, value);
    }

    /** Returns a patch that adds several values at the same path. */
    public static ArrayNode add(String path, List<? extends JsonNode> values) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> all.addAll(add(path, value)));
        return all;
    }

    /** Returns a patch that replaces a value by a text. */
    public static ArrayNode replace(String path, String text) {
        return operation("replace", path, TextNode.valueOf(text));
    }

    private static ArrayNode operation(String name, String path, JsonNode value) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        ObjectNode operation = patch.addObject().put("op", name).put("path", path);
        operation.set("value", value);
        return patch;
    }

    /** Returns nested objects with a value in the innermost field, such as a patch of {@code --type=merge}. */
    public static ObjectNode merge(JsonNode value, String... fields) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode parent = root;
        for (int i = 0; i < fields.length - 1; i++) {
            parent = parent.putObject(fields[i]);
        }
        parent.set(fields[fields.length - 1], value);
        return root;
    }
}
