package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import java.util.List;
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

    /** The object with the change in it; the given one stays as it is. */
    public static ObjectNode apply(ObjectNode object, ChangeField change) {
        ObjectNode whole = object.deepCopy();
        JsonNode value = change.value().tree();
        JsonNode at = at(whole, FieldPath.parts(change.base()));
        if (value instanceof ObjectNode renamed
                && renamed.size() == 1
                && renamed.elements().next().isNull()) {
            for (String old : change.remove()) {
                renamed.set(change.value().field(), at.path(old));
            }
        }
        change.remove().forEach(name -> remove(at, name));
        if (at instanceof ObjectNode target && value instanceof ObjectNode fields) {
            merge(target, fields);
        } else if (at instanceof ArrayNode list && value instanceof ArrayNode items) {
            String field = field(FieldPath.parts(change.base()));
            items.forEach(item -> merge(list, item, field, false));
        }
        return whole;
    }

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

    /** The field that a list is the value of: the last part of its path. */
    private static String field(List<String> parts) {
        return parts.isEmpty() ? "" : parts.get(parts.size() - 1);
    }

    private static void merge(ArrayNode list, JsonNode item, String field, boolean whole) {
        String key = KEYS.getOrDefault(field, "name");
        String name = item.path(key).asText();
        for (int i = 0; i < list.size(); i++) {
            boolean same = name.isEmpty()
                    ? list.get(i).equals(item)
                    : list.get(i).path(key).asText().equals(name);
            if (same) {
                list.set(i, whole ? item.deepCopy() : merged("", list.get(i), item));
                return;
            }
        }
        list.add(item.deepCopy());
    }

    private static void remove(JsonNode at, String name) {
        List<String> parts = FieldPath.parts(name);
        JsonNode parent = at;
        for (String part : parts.subList(0, parts.size() - 1)) {
            parent = parent instanceof ArrayNode list ? item(list, part) : parent.path(part);
        }
        String last = parts.get(parts.size() - 1);
        if (parent instanceof ObjectNode fields) {
            fields.remove(last);
        } else if (parent instanceof ArrayNode list) {
            JsonNode gone = item(list, last);
            list.removeIf(
                    each -> each == gone || each.isTextual() && each.asText().equals(last));
        }
    }

    private static JsonNode at(ObjectNode whole, List<String> parts) {
        ContainerNode<?> at = whole;
        for (String part : parts) {
            JsonNode next = at.isArray() ? item((ArrayNode) at, part) : at.path(part);
            if (next instanceof ContainerNode<?> inner) {
                at = inner;
            } else if (at instanceof ObjectNode object) {
                at = object.putObject(part);
            } else {
                return next;
            }
        }
        return at;
    }

    /** By its index or its name. */
    private static JsonNode item(ArrayNode list, String part) {
        if (part.chars().allMatch(Character::isDigit)) {
            return list.path(Integer.parseInt(part));
        }
        for (JsonNode each : list) {
            if (each.path("name").asText().equals(part)) {
                return each;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
