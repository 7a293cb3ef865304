package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Tags;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameters of a trigger, set in an object: values that come with an event. Each is a variable, such as
 * {@code {{event:metadata.name}}}; what a variable cannot stand for, such as a number or a list, stays open. Sources:
 * argo-events pkg/sensors/triggers/params.go (ApplyParams, ResolveParamValue); tidwall/sjson, path syntax.
 */
final class EventValues {

    private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");
    private static final Pattern INDEX = Pattern.compile("-1|[0-9]{1,9}");
    private static final Pattern PLAIN = Pattern.compile("[^*?#|@{}]+");
    private static final List<String> KEYS = List.of("contextKey", "contextTemplate", "dataKey", "dataTemplate");

    private final Set<String> variables = new LinkedHashSet<>();
    private final List<String> open = new ArrayList<>();

    /** The variables that stand for values in the object. */
    Set<String> variables() {
        return variables;
    }

    /** The destinations whose values are not known, and which no variable can stand for. */
    List<String> open() {
        return open;
    }

    /** Leaves something open that is decided by one of the variables. */
    void open(String what) {
        open.add(what);
    }

    /** Whether a text has one of the variables. */
    boolean areIn(String text) {
        return !Tags.replace(text, variables, variable -> "").equals(text);
    }

    /**
     * Sets the values.
     *
     * @param kinds the kinds of the object's fields; empty for a field of which the kind is not known
     */
    void set(ObjectNode object, JsonNode parameters, Function<List<String>, Optional<Kind>> kinds) {
        for (JsonNode parameter : parameters) {
            String destination = Objects.text(parameter, "dest").strip();
            if (areIn(destination) || !set(object, destination, parameter, kinds)) {
                open.add(destination);
            }
        }
    }

    private boolean set(
            ObjectNode object, String destination, JsonNode parameter, Function<List<String>, Optional<Kind>> kinds) {
        if (!PLAIN.matcher(destination).matches()) {
            return false;
        }
        List<String> path = Stream.of(DOT.split(destination, -1))
                .map(part -> part.replaceAll("^:|\\\\(?=.)", ""))
                .toList();
        Optional<JsonNode> holder = holder(object, path);
        String last = path.get(path.size() - 1);
        JsonNode current = holder.map(each -> child(each, last)).orElse(object.path(""));
        Optional<String> constant = constant(parameter.path("src"));
        if (holder.isEmpty() || constant.isEmpty() && !isText(current, kinds.apply(path))) {
            return false;
        }
        String variable = Tags.ofEvent(destination);
        if (constant.isEmpty()) {
            variables.add(variable);
        }
        String before = current.isContainerNode() ? current.toString() : current.asText("");
        String value = constant.orElse(variable);
        return put(
                holder.get(),
                last,
                TextNode.valueOf(
                        switch (Objects.text(parameter, "operation")) {
                            case "append" -> before + value;
                            case "prepend" -> value + before;
                            default -> value;
                        }));
    }

    /** The value of a source that takes nothing from the event. */
    private static Optional<String> constant(JsonNode source) {
        return KEYS.stream().allMatch(key -> Objects.text(source, key).isEmpty())
                ? Optional.of(source.path("value")).filter(JsonNode::isTextual).map(JsonNode::asText)
                : Optional.empty();
    }

    private static boolean isText(JsonNode current, Optional<Kind> kind) {
        return kind.map(each -> each.isText() || each.isAnything() && !current.isContainerNode())
                .orElse(current.isTextual() || current.isMissingNode() || current.isNull());
    }

    /** The object or list that has the last part of a path; made where it is absent, empty where another value stands. */
    private static Optional<JsonNode> holder(ObjectNode object, List<String> path) {
        JsonNode holder = object;
        for (int i = 0; i < path.size() - 1; i++) {
            JsonNode next = child(holder, path.get(i));
            if (next.isMissingNode() || next.isNull()) {
                next = INDEX.matcher(path.get(i + 1)).matches() ? object.arrayNode() : object.objectNode();
                if (!put(holder, path.get(i), next)) {
                    return Optional.empty();
                }
            }
            if (!next.isContainerNode()) {
                return Optional.empty();
            }
            holder = next;
        }
        return Optional.of(holder);
    }

    private static JsonNode child(JsonNode holder, String part) {
        return holder.isArray() && INDEX.matcher(part).matches()
                ? holder.path(Integer.parseInt(part))
                : holder.path(part);
    }

    /** Sets a field, or an element of a list or behind its end; false where there can be none. */
    private static boolean put(JsonNode holder, String part, JsonNode value) {
        if (holder instanceof ObjectNode object) {
            object.set(part, value);
            return true;
        }
        int index = INDEX.matcher(part).matches() ? Integer.parseInt(part) : Integer.MAX_VALUE;
        if (!(holder instanceof ArrayNode list) || index > list.size()) {
            return false;
        }
        if (index < 0 || index == list.size()) {
            list.add(value);
        } else {
            list.set(index, value);
        }
        return true;
    }
}
