package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.text.Tags;
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
 * The values that the parameters of a trigger take from an event and set in an object. The destination of a parameter
 * ({@code dest}) is the path of the field that it sets. A text becomes a variable, such as {@code
 * {{event:metadata.name}}}; a value that a variable cannot represent, such as a number or a list, is unknown.
 * Sources: argo-events pkg/sensors/triggers/params.go (ApplyParams, ResolveParamValue); tidwall/sjson, path syntax.
 */
final class EventValues {

    /**
     * The maximum number of parts of a destination. Each part can be a level of the object. A destination with more
     * parts is not set, and counts as unknown.
     */
    private static final int MAX_PARTS = 100;

    /** The maximum length of a destination in a report. */
    private static final int MAX_SHOWN_CHARACTERS = 100;

    /** Pattern of a dot without a backslash before it. */
    private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");
    /** Pattern of an index of a list; -1 is the place after the end. */
    private static final Pattern INDEX = Pattern.compile("-1|[0-9]{1,9}");
    /** Pattern of a path of sjson without its special characters. */
    private static final Pattern PLAIN = Pattern.compile("[^*?#|@{}]+");
    /** Fields of a source that take the value from the event. */
    private static final List<String> EVENT_KEYS = List.of("contextKey", "contextTemplate", "dataKey", "dataTemplate");

    private final Set<String> variables = new LinkedHashSet<>();
    private final List<String> unknownDestinations = new ArrayList<>();
    private final Set<String> unknownFields = new LinkedHashSet<>();

    /** A text to which parameters append or prepend. The parts are collected and joined once. */
    private record Pieces(JsonNode holder, String part, POJONode node, Deque<String> texts) {

        void join() {
            if (child(holder, part) == node) {
                put(holder, part, TextNode.valueOf(String.join("", texts)));
            }
        }
    }

    /** Returns the variables that represent values of the event in the object. */
    Set<String> variables() {
        return variables;
    }

    /** Returns the destinations that could not be set. Any part of the object can differ because of them. */
    List<String> unknownDestinations() {
        return unknownDestinations;
    }

    /**
     * Returns the fields with a number, quantity or boolean whose value is unknown, shortened for a report. These leave
     * other fields of the object as they are.
     */
    List<String> unknownFields() {
        return unknownFields.stream().map(EventValues::shown).toList();
    }

    /** Returns a destination, shortened for a report. */
    static String shown(String destination) {
        return destination.length() <= MAX_SHOWN_CHARACTERS
                ? destination
                : destination.substring(0, MAX_SHOWN_CHARACTERS) + "…";
    }

    /** Adds a destination whose value depends on the event. */
    void addUnknownDestination(String destination) {
        unknownDestinations.add(destination);
    }

    /** Returns whether a text contains a variable of the event. */
    boolean hasVariable(String text) {
        return !Tags.replace(text, variables, variable -> "").equals(text);
    }

    /**
     * Sets the values of the parameters in the object.
     *
     * @param kinds returns the kind of a field of the object; empty if it is not known
     */
    void set(ObjectNode object, JsonNode parameters, Function<List<String>, Optional<Kind>> kinds) {
        List<Pieces> texts = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            String destination = Json.text(parameter, "dest").strip();
            Budget.current().chargeRead(destination.length());
            if (hasVariable(destination) || !set(object, destination, parameter, kinds, texts)) {
                unknownDestinations.add(destination);
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
        // A colon makes a number a key; a backslash takes the next character as it is.
        List<String> path = Stream.of(parts)
                .map(part -> part.replaceAll("^:|\\\\(?=.)", ""))
                .toList();
        Optional<JsonNode> holder = findHolder(object, path);
        if (holder.isEmpty()) {
            return false;
        }
        String last = path.get(path.size() - 1);
        JsonNode current = child(holder.get(), last);
        Optional<Kind> kind = kinds.apply(path);
        Optional<String> constant = constant(parameter.path("src"));
        if (constant.isEmpty() && kind.filter(EventValues::isScalar).isPresent()) {
            unknownFields.add(destination);
            return keepExample(holder.get(), last, current, kind.get());
        }
        if (constant.isEmpty() && !isText(current, kind)) {
            return false;
        }
        String variable = Tags.eventVariable(destination);
        if (constant.isEmpty()) {
            variables.add(variable);
        }
        String value = constant.orElse(variable);
        return switch (Json.text(parameter, "operation")) {
            case "append" -> addPiece(holder.get(), last, current, texts, pieces -> pieces.addLast(value));
            case "prepend" -> addPiece(holder.get(), last, current, texts, pieces -> pieces.addFirst(value));
            default -> put(holder.get(), last, TextNode.valueOf(value));
        };
    }

    private static boolean isScalar(Kind kind) {
        return kind.isNumber() || kind.isBoolean() || kind.isQuantity();
    }

    /**
     * Keeps the current value as an example of the value that an event sets. Removes a value of the wrong kind. Returns
     * false for an element of a list.
     */
    private static boolean keepExample(JsonNode holder, String part, JsonNode current, Kind kind) {
        if (!(holder instanceof ObjectNode object)) {
            return false;
        }
        if (!FieldWalk.fits(kind, current)) {
            object.remove(part);
        }
        return true;
    }

    @SuppressWarnings("unchecked") // Only this method makes such nodes.
    private static boolean addPiece(
            JsonNode holder, String part, JsonNode current, List<Pieces> texts, Consumer<Deque<String>> addition) {
        if (current.isContainerNode()) {
            return false;
        }
        if (current instanceof POJONode node) {
            addition.accept((Deque<String>) node.getPojo());
            return true;
        }
        Deque<String> pieces = new ArrayDeque<>(List.of(Json.text(current)));
        addition.accept(pieces);
        POJONode node = new POJONode(pieces);
        if (!put(holder, part, node)) {
            return false;
        }
        String index = holder instanceof ArrayNode list && part.equals("-1") ? String.valueOf(list.size() - 1) : part;
        texts.add(new Pieces(holder, index, node, pieces));
        return true;
    }

    /** Returns the value of a source that does not depend on the event. */
    private static Optional<String> constant(JsonNode source) {
        return EVENT_KEYS.stream().allMatch(key -> Json.text(source, key).isEmpty())
                ? Optional.of(source.path("value")).filter(JsonNode::isTextual).map(JsonNode::asText)
                : Optional.empty();
    }

    private static boolean isText(JsonNode current, Optional<Kind> kind) {
        return kind.map(each -> each.isText() || each.isAnything() && !current.isContainerNode())
                .orElse(current.isTextual() || current.isPojo() || current.isMissingNode() || current.isNull());
    }

    /**
     * Returns the object or list that contains the last part of a path, created if absent; empty if another value is in
     * the way.
     */
    private static Optional<JsonNode> findHolder(ObjectNode object, List<String> path) {
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

    /** Sets a field, or an element of a list or after its end. Returns false if that is not possible. */
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
