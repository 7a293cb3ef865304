package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One field that a fix writes into one object.
 *
 * @param path of the field
 * @param inValue where it is in the fix's value
 * @param value what is written
 */
public record FieldWrite(Target target, String path, List<String> inValue, JsonNode value) {

    /** Fields that are written as a whole, and not as what is in them. */
    private static final Set<String> UNITS = Set.of("securityContext", "resources", "nodeSelector", "labels");

    /** An object by its kind and names. */
    public record Target(String kind, String namespace, String name) {}

    /** The fields that a fix writes; of commands those of {@code kubectl patch} with a document. */
    public static List<FieldWrite> of(Fix fix) {
        List<FieldWrite> writes = new ArrayList<>();
        if (fix instanceof ChangeField change
                && change.problems().isEmpty()
                && change.remove().isEmpty()) {
            ChangeField.Place at = change.place();
            add(
                    new Target(at.kind(), at.namespace(), at.name()),
                    change.base(),
                    List.of(),
                    change.value().tree(),
                    writes);
        } else if (fix instanceof RunCommands run && run.commands().size() == 1) {
            Command command = run.commands().get(0);
            List<String> words = command.stages().get(0).arguments().stream()
                    .map(Operand::text)
                    .toList();
            if (words.size() == 7
                    && words.subList(0, 2).equals(List.of("patch", "configmap"))
                    && words.contains("--patch-file")
                    && command.documents().get(0) instanceof Yaml document) {
                add(new Target("ConfigMap", words.get(4), words.get(2)), "", List.of(), document.tree(), writes);
            }
        }
        return writes;
    }

    private static void add(Target target, String path, List<String> inValue, JsonNode value, List<FieldWrite> writes) {
        boolean wrapper = inValue.isEmpty() || value.size() == 1;
        String last = inValue.isEmpty() ? "" : inValue.get(inValue.size() - 1);
        if (value instanceof ObjectNode fields && wrapper && !UNITS.contains(last)) {
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                List<String> further = new ArrayList<>(inValue);
                further.add(field.getKey());
                add(target, FieldPath.field(path, field.getKey()), further, field.getValue(), writes);
            }
        } else if (!inValue.isEmpty()) {
            writes.add(new FieldWrite(target, path, inValue, value));
        }
    }

    /** The fix with another value of this field. @param with what else the value has, for the note */
    public Fix in(Fix fix, JsonNode other, String with) {
        if (fix instanceof ChangeField change) {
            return new ChangeField(
                    noted(change.note(), with),
                    change.place(),
                    replaced(change.value(), other),
                    change.after(),
                    change.remove());
        }
        RunCommands run = (RunCommands) fix;
        Command command = run.commands().get(0);
        Yaml document = replaced((Yaml) command.documents().get(0), other);
        return new RunCommands(noted(run.note(), with), List.of(command.document(document)), run.after());
    }

    private static String noted(String note, String with) {
        if (with.isEmpty() || note.contains(with)) {
            return note;
        }
        return note.isEmpty()
                ? with + ":"
                : note.replaceFirst(":$", "") + ", " + with + (note.endsWith(":") ? ":" : "");
    }

    private Yaml replaced(Yaml whole, JsonNode other) {
        ObjectNode tree = (ObjectNode) whole.tree().deepCopy();
        ObjectNode at = tree;
        for (String name : inValue.subList(0, inValue.size() - 1)) {
            at = (ObjectNode) at.path(name);
        }
        at.set(inValue.get(inValue.size() - 1), other);
        return Yaml.tree(tree);
    }
}
