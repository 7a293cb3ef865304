package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field that a fix writes into an object.
 *
 * @param path the path of the field
 * @param inValue the path of the field in the fix's value
 * @param value the value that is written
 */
public record FieldWrite(Target target, String path, List<String> inValue, JsonNode value) {

    /** The fields that are written as a whole, with all fields in them. */
    private static final Set<String> WHOLE_FIELDS = Set.of("securityContext", "resources", "nodeSelector", "labels");

    /** The kind and names of an object. */
    public record Target(String kind, String namespace, String name) {}

    /** Returns the fields that a fix writes. The only commands are those of {@link RunCommands#patchConfigMap}. */
    public static List<FieldWrite> of(Fix fix) {
        List<FieldWrite> writes = new ArrayList<>();
        if (fix instanceof ChangeField change
                && change.problems().isEmpty()
                && change.remove().isEmpty()) {
            ChangeField.Place place = change.place();
            add(
                    new Target(place.kind(), place.namespace(), place.name()),
                    change.base(),
                    List.of(),
                    change.value().tree(),
                    writes);
        } else if (fix instanceof RunCommands run
                && run.patched() != null
                && run.commands().get(0).documents().get(0) instanceof Yaml document) {
            add(run.patched(), "", List.of(), document.tree(), writes);
        }
        return writes;
    }

    /** Adds the fields of a value. A mapping is written as its fields, except in {@link #WHOLE_FIELDS}. */
    private static void add(Target target, String path, List<String> inValue, JsonNode value, List<FieldWrite> writes) {
        boolean isWrapper = inValue.isEmpty() || value.size() == 1;
        String last = inValue.isEmpty() ? "" : inValue.get(inValue.size() - 1);
        if (value instanceof ObjectNode fields && isWrapper && !WHOLE_FIELDS.contains(last)) {
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                List<String> below = new ArrayList<>(inValue);
                below.add(field.getKey());
                add(target, FieldPath.field(path, field.getKey()), below, field.getValue(), writes);
            }
        } else if (!inValue.isEmpty()) {
            writes.add(new FieldWrite(target, path, inValue, value));
        }
    }

    /**
     * Returns the fix with another value for this field.
     *
     * @param addition the added parts of the value
     */
    public Fix in(Fix fix, JsonNode other, FixNote.Addition addition) {
        if (fix instanceof ChangeField change) {
            return new ChangeField(
                    change.note().with(addition),
                    change.place(),
                    withValue(change.value(), other),
                    change.after(),
                    change.remove());
        }
        RunCommands run = (RunCommands) fix;
        Command command = run.commands().get(0);
        Yaml document = withValue((Yaml) command.documents().get(0), other);
        return new RunCommands(
                run.note().with(addition), List.of(command.document(document)), run.after(), run.patched());
    }

    private Yaml withValue(Yaml document, JsonNode other) {
        ObjectNode tree = (ObjectNode) document.tree().deepCopy();
        ObjectNode parent = tree;
        for (String name : inValue.subList(0, inValue.size() - 1)) {
            parent = (ObjectNode) parent.path(name);
        }
        parent.set(inValue.get(inValue.size() - 1), other);
        return Yaml.tree(tree);
    }
}
