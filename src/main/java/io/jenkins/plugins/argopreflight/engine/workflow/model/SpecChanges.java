package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Lays changes over the spec of a pod: elements of lists by their names. */
final class SpecChanges {

    private SpecChanges() {}

    /**
     * Changes the spec.
     *
     * @param changes lists with the elements that are new or differ
     * @return the names of those that are new
     */
    static Set<String> lay(ObjectNode spec, ObjectNode changes) {
        Set<String> added = new LinkedHashSet<>();
        changes.properties()
                .forEach(list -> list.getValue()
                        .forEach(element -> lay(spec.withArray(list.getKey()), (ObjectNode) element, added)));
        return added;
    }

    /** What a list or an object of an element gets is added to what it has. */
    private static void lay(ObjectNode own, String field, JsonNode value) {
        if (value instanceof ArrayNode more && own.get(field) instanceof ArrayNode list) {
            list.addAll(more);
        } else if (value instanceof ObjectNode more && own.get(field) instanceof ObjectNode object) {
            more.properties().forEach(inner -> lay(object, inner.getKey(), inner.getValue()));
        } else {
            own.set(field, value);
        }
    }

    private static void lay(ArrayNode list, ObjectNode element, Set<String> added) {
        String name = Json.text(element, "name");
        for (JsonNode own : list) {
            if (!name.isEmpty() && Json.text(own, "name").equals(name)) {
                element.properties().forEach(field -> lay((ObjectNode) own, field.getKey(), field.getValue()));
                return;
            }
        }
        list.add(element.deepCopy());
        added.add(name);
    }
}
