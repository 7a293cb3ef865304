package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON trees that cannot be changed, as all trees are that threads share. A {@code deepCopy()} belongs to its caller,
 * who can change it. {@link CompactJson} makes such trees that take less memory, in more time.
 */
public final class FrozenJson {

    /**
     * Maximum number of elements of a list that is searched without a map. Most lists are not longer, and a map would
     * cost more memory than it saves time.
     */
    private static final int MAX_SEARCHED_ELEMENTS = 16;

    private FrozenJson() {}

    @SuppressWarnings("unchecked") // Jackson returns a deepCopy() of the type that the caller wants.
    private static final class FrozenObject extends ObjectNode {

        private static final long serialVersionUID = 1L;

        FrozenObject(SmallMap<JsonNode> fields) {
            super(JsonNodeFactory.instance, fields);
        }
    }

    @SuppressWarnings("unchecked") // Jackson returns a deepCopy() of the type that the caller wants.
    private static final class FrozenList extends ArrayNode {

        private static final long serialVersionUID = 1L;

        private transient volatile @Nullable Map<String, JsonNode> byName;

        FrozenList(JsonNode... elements) {
            super(JsonNodeFactory.instance, List.of(elements));
        }

        private Map<String, JsonNode> byName() {
            Map<String, JsonNode> known = byName;
            if (known == null) {
                known = new HashMap<>();
                for (JsonNode element : this) {
                    known.putIfAbsent(name(element), element);
                }
                byName = known;
            }
            return known;
        }
    }

    /** Returns the tree if it cannot be changed, else a copy that cannot be changed. */
    public static ObjectNode of(ObjectNode tree) {
        if (tree instanceof FrozenObject) {
            return tree;
        }
        String[] names = new String[tree.size()];
        JsonNode[] values = new JsonNode[tree.size()];
        int i = 0;
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            names[i] = field.getKey();
            values[i++] = value(field.getValue());
        }
        return object(new SmallMap.Keys(names), values);
    }

    /** Returns the value if it cannot be changed, else a copy that cannot be changed. */
    public static JsonNode value(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return of(object);
        }
        if (value instanceof ArrayNode list && !isFrozen(list)) {
            JsonNode[] elements = new JsonNode[list.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = value(list.get(i));
            }
            return list(elements);
        }
        return value;
    }

    /** Returns whether the tree cannot be changed. */
    public static boolean isFrozen(JsonNode tree) {
        return tree instanceof FrozenObject || tree instanceof FrozenList || !tree.isContainerNode();
    }

    /** Returns the first element of a frozen list with this name; a MissingNode if there is none. */
    public static JsonNode named(JsonNode list, String name) {
        JsonNode element = null;
        if (list instanceof FrozenList frozen && frozen.size() > MAX_SEARCHED_ELEMENTS) {
            element = frozen.byName().get(name);
        } else {
            for (int i = 0; element == null && i < list.size(); i++) {
                element = name(list.path(i)).equals(name) ? list.path(i) : null;
            }
        }
        return element == null ? MissingNode.getInstance() : element;
    }

    private static String name(JsonNode element) {
        return Json.text(element, "name");
    }

    /**
     * Creates an object that cannot be changed.
     *
     * @param values frozen values, one for each name; the array is not copied
     */
    static ObjectNode object(SmallMap.Keys names, JsonNode[] values) {
        return new FrozenObject(new SmallMap<>(names, values));
    }

    /**
     * Creates a list that cannot be changed.
     *
     * @param elements frozen elements
     */
    static ArrayNode list(JsonNode[] elements) {
        return new FrozenList(elements);
    }
}
