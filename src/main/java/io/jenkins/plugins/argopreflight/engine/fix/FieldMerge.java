package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import java.util.Set;

/**
 * Writes values into objects as {@code kubectl apply} merges them: fields of objects one by one, items of lists by
 * their merge key, and all else in the place of what is there.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/#notes-on-the-strategic-merge-patch">
 *     patchMergeKey</a>
 */
public final class FieldMerge {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** Lists of which an item replaces the one of the same name: each kind of volume excludes the others. */
    private static final Set<String> WHOLE_ITEMS = Set.of("volumes");

    /** The merge keys of lists, where it is not the name. */
    private static final Map<String, String> KEYS = Map.of(
            "volumeMounts", "mountPath",
            "volumeDevices", "devicePath",
            "ports", "containerPort",
            "hostAliases", "ip",
            "topologySpreadConstraints", "topologyKey");

    private FieldMerge() {}

    /** One value with another one in it; YAML inside a text, such as {@code podSpecPatch}, as what it says. */
    public static JsonNode together(String field, JsonNode there, JsonNode value) {
        if (there.isTextual() && value.isTextual()) {
            JsonNode before = yaml(there.asText());
            JsonNode more = yaml(value.asText());
            if (before.isContainerNode() && more.isContainerNode()) {
                return JsonNodeFactory.instance.textNode(
                        Yaml.tree(merged("", before, more)).text());
            }
        }
        return merged(field, there, value);
    }

    private static JsonNode merged(String field, JsonNode there, JsonNode value) {
        if (there instanceof ObjectNode target && value instanceof ObjectNode fields) {
            return merge(target.deepCopy(), fields);
        }
        boolean objects = value instanceof ArrayNode list
                && !list.isEmpty()
                && list.get(0).isObject();
        if (there instanceof ArrayNode list && objects) {
            ArrayNode all = list.deepCopy();
            value.forEach(item -> merge(all, item, field, WHOLE_ITEMS.contains(field)));
            return all;
        }
        return value.deepCopy();
    }

    /** Writes all of these fields into an object. @return the object */
    public static ObjectNode overlay(ObjectNode target, ObjectNode fields) {
        return merge(target, fields);
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode fields) {
        fields.properties()
                .forEach(field -> target.set(
                        field.getKey(), merged(field.getKey(), target.path(field.getKey()), field.getValue())));
        return target;
    }

    private static void merge(ArrayNode list, JsonNode item, String field, boolean whole) {
        String key = KEYS.getOrDefault(field, "name");
        String name = item.path(key).asText("");
        for (int i = 0; i < list.size(); i++) {
            boolean same = name.isEmpty()
                    ? list.get(i).equals(item)
                    : list.get(i).path(key).asText("").equals(name);
            if (same) {
                list.set(i, whole ? item.deepCopy() : merged("", list.get(i), item));
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
