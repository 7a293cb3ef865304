package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Tags;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parameters of a trigger, set in an object: values that come with an event. Each is a variable, such as
 * {@code {{event:metadata.name}}}; what a variable cannot stand for, such as a number or a list, stays open. Sources:
 * argo-events pkg/sensors/triggers/params.go (ApplyParams, ResolveParamValue); tidwall/sjson, path syntax.
 */
final class EventValues {

    /** Parts of a destination; one with more is open, since each can be a level of the object. */
    private static final int MAX_PARTS = 100;

    /** Characters of a destination in a report. */
    private static final int SHOWN = 100;

    private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");
    private static final Pattern INDEX = Pattern.compile("-1|[0-9]{1,9}");
    private static final Pattern PLAIN = Pattern.compile("[^*?#|@{}]+");
    private static final List<String> KEYS = List.of("contextKey", "contextTemplate", "dataKey", "dataTemplate");

    private final Set<String> variables = new LinkedHashSet<>();
    private final List<String> open = new ArrayList<>();
    private final Set<String> openFields = new LinkedHashSet<>();

    /** A text to which parameters append: each adds its own part, and the text is made once. */
    private record Pieces(JsonNode holder, String part, POJONode node, Deque<String> texts) {

        void join() {
            if (child(holder, part) == node) {
                put(holder, part, TextNode.valueOf(String.join("", texts)));
            }
        }
    }

    /** The variables that stand for values in the object. */
    Set<String> variables() {
        return variables;
    }

    /** The destinations whose values are not known, and can change anything in the object. */
    List<String> open() {
        return open;
    }

    /** The numbers, quantities and booleans whose values are not known; the rest of the object is known. */
    List<String> openFields() {
        return openFields.stream().map(EventValues::shown).toList();
    }

    /** Returns a destination for a report. */
    static String shown(String destination) {
        return destination.length() <= SHOWN ? destination : destination.substring(0, SHOWN) + "…";
    }

    /** Leaves something open that is decided by one of the variables. */
    void open(String what) {
        open.add(what);
    }

    /** Returns whether a text has one of the variables. */
    boolean areIn(String text) {
        return !Tags.replace(text, variables, variable -> "").equals(text);
    }

    /**
     * Sets the values.
     *
     * @param kinds the kinds of the object's fields; empty for a field of which the kind is not known
     */
    void set(ObjectNode object, JsonNode parameters, Function<List<String>, Optional<Kind>> kinds) {
        List<Pieces> texts = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            String destination = Objects.text(parameter, "dest").strip();
            Budget.current().read(destination.length());
            if (areIn(destination) || !set(object, destination, parameter, kinds, texts)) {
                open.add(destination);
            }
        }
        texts.forEach(Pieces::join);
    }

    private boolean set(
            ObjectNode object,
            String destination,
            JsonNode parameter,
            Function<List<String>, Optional<Kind>> kinds,
            List<Pieces> texts) {
        String[] parts = DOT.split(destination, MAX_PARTS + 1);
        if (parts.length > MAX_PARTS || !PLAIN.matcher(destination).matches()) {
            return false;
        }
        List<String> path = Stream.of(parts)
                .map(part -> part.replaceAll("^:|\\\\(?=.)", ""))
                .toList();
        Optional<JsonNode> holder = holder(object, path);
        if (holder.isEmpty()) {
            return false;
        }
        String last = path.get(path.size() - 1);
        JsonNode current = child(holder.get(), last);
        Optional<Kind> kind = kinds.apply(path);
        Optional<String> constant = constant(parameter.path("src"));
        if (constant.isEmpty() && kind.filter(EventValues::isSingle).isPresent()) {
            openFields.add(destination);
            return keep(holder.get(), last, current, kind.get());
        }
        if (constant.isEmpty() && !isText(current, kind)) {
            return false;
        }
        String variable = Tags.ofEvent(destination);
        if (constant.isEmpty()) {
            variables.add(variable);
        }
        String value = constant.orElse(variable);
        return switch (Objects.text(parameter, "operation")) {
            case "append" -> add(holder.get(), last, current, texts, pieces -> pieces.addLast(value));
            case "prepend" -> add(holder.get(), last, current, texts, pieces -> pieces.addFirst(value));
            default -> put(holder.get(), last, TextNode.valueOf(value));
        };
    }

    private static boolean isSingle(Kind kind) {
        return kind.isNumber() || kind.isBoolean() || kind.isQuantity();
    }

    /** Keeps a value as an example of what an event sets, and removes what cannot be one; false in a list. */
    private static boolean keep(JsonNode holder, String part, JsonNode current, Kind kind) {
        if (!(holder instanceof ObjectNode object)) {
            return false;
        }
        if (!FieldWalk.fits(kind, current)) {
            object.remove(part);
        }
        return true;
    }

    @SuppressWarnings("unchecked") // Only this method makes such nodes.
    private static boolean add(
            JsonNode holder, String part, JsonNode current, List<Pieces> texts, Consumer<Deque<String>> addition) {
        if (current.isContainerNode()) {
            return false;
        }
        if (current instanceof POJONode node) {
            addition.accept((Deque<String>) node.getPojo());
            return true;
        }
        Deque<String> pieces = new ArrayDeque<>(List.of(current.asText("")));
        addition.accept(pieces);
        POJONode node = new POJONode(pieces);
        if (!put(holder, part, node)) {
            return false;
        }
        String index = holder instanceof ArrayNode list && part.equals("-1") ? String.valueOf(list.size() - 1) : part;
        texts.add(new Pieces(holder, index, node, pieces));
        return true;
    }

    /** The value of a source that takes nothing from the event. */
    private static Optional<String> constant(JsonNode source) {
        return KEYS.stream().allMatch(key -> Objects.text(source, key).isEmpty())
                ? Optional.of(source.path("value")).filter(JsonNode::isTextual).map(JsonNode::asText)
                : Optional.empty();
    }

    private static boolean isText(JsonNode current, Optional<Kind> kind) {
        return kind.map(each -> each.isText() || each.isAnything() && !current.isContainerNode())
                .orElse(current.isTextual() || current.isPojo() || current.isMissingNode() || current.isNull());
    }

    /** Returns the object or list of the last part of a path, made if absent; empty where another value stands. */
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
