package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * The merge of values into objects as in {@code kubectl apply}: fields of objects are merged one by one, items of lists
 * by their merge key, and other values are replaced.
 *
 * @see
 *     <a href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/#notes-on-the-strategic-merge-patch">
 *     patchMergeKey</a>
 */
public final class FieldMerge {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** The lists whose items are replaced as a whole, because a volume can have one kind only. */
    private static final Set<String> WHOLE_ITEMS = Set.of("volumes");

    /** The merge keys of lists whose key is not the name. */
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "volumeMounts", "mountPath",
            "volumeDevices", "devicePath",
            "ports", "containerPort",
            "hostAliases", "ip",
            "topologySpreadConstraints", "topologyKey");

    private FieldMerge() {}

    /** Returns a value merged into an existing one. YAML in a text, such as {@code podSpecPatch}, is merged as YAML. */
    public static JsonNode merge(String field, JsonNode existing, JsonNode value) {
        if (existing.isTextual() && value.isTextual()) {
            JsonNode before = yaml(existing.asText());
            JsonNode added = yaml(value.asText());
            if (before.isContainerNode() && added.isContainerNode()) {
                return JsonNodeFactory.instance.textNode(
                        Yaml.tree(mergeValue("", before, added)).text());
            }
        }
        return mergeValue(field, existing, value);
    }

    private static JsonNode mergeValue(String field, JsonNode existing, JsonNode value) {
        if (existing instanceof ObjectNode target && value instanceof ObjectNode fields) {
            return mergeFields(target.deepCopy(), fields);
        }
        boolean objects = value instanceof ArrayNode list
                && !list.isEmpty()
                && list.get(0).isObject();
        if (existing instanceof ArrayNode list && objects) {
            ArrayNode all = list.deepCopy();
            value.forEach(item -> mergeItem(all, item, field, WHOLE_ITEMS.contains(field)));
            return all;
        }
        return value.deepCopy();
    }

    /**
     * Writes the fields into an object.
     *
     * @return the object
     */
    public static ObjectNode overlay(ObjectNode target, ObjectNode fields) {
        return mergeFields(target, fields);
    }

    private static ObjectNode mergeFields(ObjectNode target, ObjectNode fields) {
        fields.properties()
                .forEach(field -> target.set(
                        field.getKey(), mergeValue(field.getKey(), target.path(field.getKey()), field.getValue())));
        return target;
    }

    /**
     * Merges an item into the item with the same merge key, or replaces that item, or adds the item to the list.
     */
    private static void mergeItem(ArrayNode list, JsonNode item, String field, boolean isReplaced) {
        String key = MERGE_KEYS.getOrDefault(field, "name");
        String name = Json.text(item, key);
        for (int i = 0; i < list.size(); i++) {
            boolean isSame = name.isEmpty()
                    ? list.get(i).equals(item)
                    : Json.text(list.get(i), key).equals(name);
            if (isSame) {
                list.set(i, isReplaced ? item.deepCopy() : mergeValue("", list.get(i), item));
                return;
            }
        }
        list.add(item.deepCopy());
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
