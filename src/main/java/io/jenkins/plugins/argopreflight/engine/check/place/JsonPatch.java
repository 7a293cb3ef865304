package io.jenkins.plugins.argopreflight.engine.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Patches for {@code kubectl patch}, see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>. */
public final class JsonPatch {

    private JsonPatch() {}

    /** One value more. @param path such as {@code /rules/-} */
    public static ArrayNode add(String path, JsonNode value) {
        return operation("add", path, value);
    }

    /** The same for several values. */
    public static ArrayNode add(String path, List<? extends JsonNode> values) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> all.addAll(add(path, value)));
        return all;
    }

    /** Another text in the place of one. */
    public static ArrayNode replace(String path, String text) {
        return operation("replace", path, TextNode.valueOf(text));
    }

    private static ArrayNode operation(String name, String path, JsonNode value) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        ObjectNode operation = patch.addObject().put("op", name).put("path", path);
        operation.set("value", value);
        return patch;
    }

    /** An object with one field below others, such as a patch of {@code --type=merge}. */
    public static ObjectNode merge(JsonNode value, String... fields) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ObjectNode at = whole;
        for (int i = 0; i < fields.length - 1; i++) {
            at = at.putObject(fields[i]);
        }
        at.set(fields[fields.length - 1], value);
        return whole;
    }
}
