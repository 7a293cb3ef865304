package io.jenkins.plugins.argopreflight.engine.fixed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.FieldMerge;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;

/** Makes the change of a field that a fix asks for, as the person who reads it would. */
final class ChangeApplied {

    private ChangeApplied() {}

    /** The object with the change in it; the given one stays as it is. */
    static ObjectNode in(ObjectNode object, ChangeField change) {
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
            FieldMerge.overlay(target, fields);
        } else if (at instanceof ArrayNode list && value instanceof ArrayNode items) {
            if (items.path(0).isObject()) {
                List<String> parts = FieldPath.parts(change.base());
                JsonNode merged = FieldMerge.merge(parts.isEmpty() ? "" : parts.get(parts.size() - 1), list, items);
                list.removeAll().addAll((ArrayNode) merged);
            } else {
                items.forEach(item -> list.removeIf(item::equals));
                list.addAll(items);
            }
        }
        return whole;
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

    /** Returns an item of a list, by its index or its name. */
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
}
