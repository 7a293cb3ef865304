package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Values that only a running workflow has. They travel through texts as marks that no substitution touches, and are
 * shown as {@code {{…}}} in the end.
 */
final class Unknowns {

    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    private final Map<String, String> reasons = new HashMap<>();

    /** A mark for a value, with the reason why it is not known. */
    String mark(String tag, String reason) {
        String plain = tag.replace(String.valueOf(OPEN), "").replace(String.valueOf(CLOSE), "");
        reasons.putIfAbsent(plain, reason);
        return OPEN + plain + CLOSE;
    }

    static boolean isUnknown(String text) {
        return text.indexOf(OPEN) >= 0;
    }

    String reason(String tag) {
        return reasons.getOrDefault(tag, "nothing in the workflow sets it");
    }

    /** The text as a user reads it. */
    static String show(String text) {
        return isUnknown(text) ? text.replace(String.valueOf(OPEN), "{{").replace(String.valueOf(CLOSE), "}}") : text;
    }

    /** The same tree with marks shown; no copy where there are none. */
    static JsonNode show(JsonNode node) {
        if (node instanceof TextNode text) {
            return isUnknown(text.textValue()) ? TextNode.valueOf(show(text.textValue())) : text;
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(show(field.getValue())));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, show(list.get(i)));
            }
        }
        return node;
    }

    /** The tags of a shown text, and of what Argo itself leaves alone. */
    static Set<String> tags(String shown) {
        Set<String> tags = new LinkedHashSet<>();
        int at = shown.indexOf("{{");
        while (at >= 0) {
            int end = shown.indexOf("}}", at);
            if (end < 0) {
                break;
            }
            tags.add(shown.substring(at + 2, end).strip());
            at = shown.indexOf("{{", end);
        }
        return tags;
    }
}
