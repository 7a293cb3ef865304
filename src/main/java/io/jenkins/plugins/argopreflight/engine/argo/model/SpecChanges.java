package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.LinkedHashSet;
import java.util.Set;

/** Changes of a pod's spec by admission. Elements of lists are addressed by their names. */
final class SpecChanges {

    private SpecChanges() {}

    /**
     * Changes the spec.
     *
     * @param changes lists with the elements that are new or changed
     * @return the names of the new elements
     */
    static Set<String> apply(ObjectNode spec, ObjectNode changes) {
        Set<String> added = new LinkedHashSet<>();
        changes.properties()
                .forEach(list -> list.getValue()
                        .forEach(element -> applyElement(spec.withArray(list.getKey()), (ObjectNode) element, added)));
        return added;
    }

    /** Adds a value to a field of an element. Lists and objects are merged with the existing ones. */
    private static void applyField(ObjectNode element, String field, JsonNode value) {
        if (value instanceof ArrayNode addition && element.get(field) instanceof ArrayNode list) {
            list.addAll(addition);
        } else if (value instanceof ObjectNode addition && element.get(field) instanceof ObjectNode object) {
            addition.properties().forEach(inner -> applyField(object, inner.getKey(), inner.getValue()));
        } else {
            element.set(field, value);
        }
    }

    private static void applyElement(ArrayNode list, ObjectNode element, Set<String> added) {
        String name = Json.text(element, "name");
        for (JsonNode existing : list) {
            if (!name.isEmpty() && Json.text(existing, "name").equals(name)) {
                element.properties()
                        .forEach(field -> applyField((ObjectNode) existing, field.getKey(), field.getValue()));
                return;
            }
        }
        list.add(element.deepCopy());
        added.add(name);
    }
}
