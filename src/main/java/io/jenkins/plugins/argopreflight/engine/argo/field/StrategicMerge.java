package io.jenkins.plugins.argopreflight.engine.argo.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An implementation of Kubernetes' strategic merge patch; source: k8s.io/apimachinery pkg/util/strategicpatch/patch.go.
 */
public final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    /** Charge for one element of a list that is merged, in units of work. */
    private static final int ELEMENT_WORK = 50;

    private StrategicMerge() {}

    /** Returns a copy of the original with the patch applied. */
    public static ObjectNode merge(JsonNode original, JsonNode patch, String type) {
        return mergeObjects(Json.copy(original), Json.copy(patch), type);
    }

    private static ObjectNode mergeObjects(ObjectNode original, ObjectNode patch, String type) {
        if (patch.has(DIRECTIVE)) {
            String directive = Json.text(patch, DIRECTIVE);
            patch.remove(DIRECTIVE);
            return directive.equals("delete") ? Json.object() : directive.equals("replace") ? patch : original;
        }
        retainKeys(original, patch);
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.startsWith("$deleteFromPrimitiveList/")) {
                deleteFrom(original, name.substring(name.indexOf('/') + 1), value);
            } else if (name.startsWith("$setElementOrder/") || name.startsWith("$retainKeys")) {
                return;
            } else if (value.isNull()) {
                original.remove(name);
            } else {
                original.set(name, mergeField(original.get(name), value, name, type));
            }
        });
        return original;
    }

    private static JsonNode mergeField(JsonNode original, JsonNode patch, String name, String type) {
        if (original instanceof ObjectNode before && patch instanceof ObjectNode after) {
            return mergeObjects(before, after, MergeKeys.typeOf(type, name));
        }
        String key = MergeKeys.keyOf(type, name);
        if (patch instanceof ArrayNode after && !key.isEmpty()) {
            ArrayNode before = original instanceof ArrayNode list ? list : Json.list();
            return mergeLists(before, after, key, MergeKeys.typeOf(type, name));
        }
        return withoutNulls(patch);
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
            object.remove(DIRECTIVE);
            object.forEach(StrategicMerge::withoutNulls);
        }
        return value;
    }

    /** Returns a list whose elements are merged by their key. */
    private static ArrayNode mergeLists(ArrayNode original, ArrayNode patch, String key, String type) {
        Budget.current().charge(Limit.WORK_UNITS, (long) ELEMENT_WORK * (original.size() + patch.size()));
        Set<JsonNode> deleted = new HashSet<>();
        List<ObjectNode> changes = new ArrayList<>();
        boolean isReplaced = false;
        for (ObjectNode element : objects(patch)) {
            switch (Json.text(element, DIRECTIVE)) {
                case "" -> changes.add(element);
                case "delete" -> deleted.add(element.path(key));
                default -> isReplaced = true;
            }
        }
        if (isReplaced) {
            return Json.list().addAll(changes);
        }
        List<ObjectNode> existing = objects(original);
        existing.removeIf(each -> deleted.contains(each.path(key)));
        Map<JsonNode, Integer> positions = new HashMap<>();
        for (int i = 0; i < existing.size(); i++) {
            positions.putIfAbsent(existing.get(i).path(key), i);
        }
        Map<JsonNode, ObjectNode> patched = new LinkedHashMap<>();
        Set<Integer> changedPositions = new HashSet<>();
        for (ObjectNode change : changes) {
            JsonNode name = change.path(key);
            Integer at = positions.get(name);
            if (patched.containsKey(name)) {
                mergeObjects(patched.get(name), change, type);
            } else if (at != null) {
                changedPositions.add(at);
                patched.put(name, mergeObjects(existing.get(at), change, type));
            } else {
                patched.put(name, (ObjectNode) withoutNulls(change));
            }
        }
        List<ObjectNode> unchanged = new ArrayList<>();
        for (int i = 0; i < existing.size(); i++) {
            if (!changedPositions.contains(i)) {
                unchanged.add(existing.get(i));
            }
        }
        return Json.list().addAll(interleave(unchanged, List.copyOf(patched.values()), positions, key));
    }

    /**
     * Returns the elements of both lists, each in its order. An unchanged element comes before a patched one only if
     * the original list has both in this order.
     */
    private static List<ObjectNode> interleave(
            List<ObjectNode> existing, List<ObjectNode> patched, Map<JsonNode, Integer> positions, String key) {
        List<ObjectNode> merged = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < existing.size() || j < patched.size()) {
            boolean takesExisting;
            if (i >= existing.size() || j >= patched.size()) {
                takesExisting = i < existing.size();
            } else {
                int left = positions.getOrDefault(existing.get(i).path(key), -1);
                int right = positions.getOrDefault(patched.get(j).path(key), -1);
                takesExisting = left >= 0 && right >= 0 && left < right;
            }
            merged.add(takesExisting ? existing.get(i++) : patched.get(j++));
        }
        return merged;
    }

    private static List<ObjectNode> objects(ArrayNode list) {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode element : list) {
            if (element instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        return objects;
    }

    private static void deleteFrom(ObjectNode original, String name, JsonNode values) {
        if (original.get(name) instanceof ArrayNode list) {
            Budget.current().charge(Limit.WORK_UNITS, (long) list.size() * values.size());
            for (int i = list.size() - 1; i >= 0; i--) {
                for (JsonNode value : values) {
                    if (list.get(i).equals(value)) {
                        list.remove(i);
                        break;
                    }
                }
            }
        }
    }

    private static void retainKeys(ObjectNode original, ObjectNode patch) {
        if (patch.get("$retainKeys") instanceof ArrayNode keys) {
            List<String> names = new ArrayList<>();
            keys.forEach(key -> names.add(Json.text(key)));
            original.retain(names);
        }
    }
}
