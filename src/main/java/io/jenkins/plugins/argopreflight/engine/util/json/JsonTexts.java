package io.jenkins.plugins.argopreflight.engine.util.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The replacement of the texts of a JSON tree, in place. Its structure, the names of its fields and all other values
 * stay.
 */
public final class JsonTexts {

    private JsonTexts() {}

    /** Returns the same tree, or a new node if the tree is a single text. */
    public static JsonNode replace(JsonNode node, UnaryOperator<String> replacement) {
        return replace(node, Set.of(), replacement);
    }

    /**
     * Returns the same tree, or a new node if the tree is a single text.
     *
     * @param fixed the fields, at any depth, whose values stay as they are
     */
    public static JsonNode replace(JsonNode node, Set<String> fixed, UnaryOperator<String> replacement) {
        if (node.isTextual()) {
            String text = replacement.apply(node.textValue());
            return text.equals(node.textValue()) ? node : TextNode.valueOf(text);
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode changed = replace(list.get(i), fixed, replacement);
                if (changed != list.get(i)) {
                    list.set(i, changed);
                }
            }
        } else if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode changed = fixed.contains(field.getKey())
                        ? field.getValue()
                        : replace(field.getValue(), fixed, replacement);
                if (changed != field.getValue()) {
                    field.setValue(changed);
                }
            }
        }
        return node;
    }
}
