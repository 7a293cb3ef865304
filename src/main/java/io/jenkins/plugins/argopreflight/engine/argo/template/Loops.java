package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.When;
import io.jenkins.plugins.argopreflight.engine.argo.field.Shapes;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The iterations of withItems, withParam and withSequence; source: argo-workflows
 * workflow/controller/{steps,operator}.go (processItem).
 */
public final class Loops {

    /** Maximum number of items of a loop for which each pod is computed. A longer loop is represented by one pod. */
    static final int MAX_ITEMS = 200;

    private static final int MAX_SHOWN_CHARACTERS = 60;

    /** Parser that keeps numbers as written: 3.10 is not 3.1. */
    private static final JsonMapper JSON = JsonMapper.builder(UntrustedJson.factory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Pattern of a variable with a part of an item, such as {@code {{item.name}}}, with {@code .name} as group 1. */
    private static final Pattern PART_OF_ITEM = Pattern.compile("\\{\\{\\s*+item([.\\[][^}]*+)}}");
    /**
     * Pattern of the part for an element of a list, as in {@code {{item.[0]}}}: Argo's validation accepts it, and the
     * controller does not have it.
     */
    private static final Pattern ELEMENT = Pattern.compile("\\.\\[(\\d{1,6})]");

    /**
     * An iteration of a loop: the step with its item.
     *
     * @param known the variables, including those of the item
     */
    public record Round(JsonNode step, Certainty certainty, Scope known) {

        /** Returns the number of iterations that this iteration represents. */
        public long times(Certainty before) {
            return Math.max(1, certainty.times() / Math.max(1, before.times()));
        }
    }

    private final Simulation run;

    public Loops(Simulation run) {
        this.run = run;
    }

    /** Returns whether a step or task is a loop. With an empty {@code withItems} it is no loop. */
    public static boolean isLoop(JsonNode step) {
        return isAggregate(step) || Json.isSet(step, "withSequence");
    }

    /** Returns whether Argo's validation treats the outputs of a step or task as lists. */
    public static boolean isAggregate(JsonNode step) {
        return Json.has(step, "withItems") || Json.has(step, "withParam");
    }

    /** Returns the iterations whose condition Argo can evaluate. Reports the others, which end in an error. */
    public List<Round> iterations(JsonNode step, Scope scope, Certainty certainty, TemplateCall call) {
        return allIterations(step, scope, certainty, call).stream()
                .filter(round -> {
                    Optional<String> refusal = When.refusal(Json.text(round.step(), "when"));
                    Certainty certaintyHere =
                            round.certainty().withTolerance(call.certainty().tolerance());
                    refusal.ifPresent(message -> run.problem(
                            Problem.Kind.REFUSED, call.withCertainty(certaintyHere), UnknownValues.show(message)));
                    return refusal.isEmpty();
                })
                .toList();
    }

    private List<Round> allIterations(JsonNode step, Scope scope, Certainty certainty, TemplateCall call) {
        if (!isLoop(step)) {
            return List.of(new Round(step, certainty, scope));
        }
        ObjectNode body = Json.copy(step);
        body.remove(List.of("withItems", "withParam", "withSequence"));
        Optional<Items> items = items(step, call);
        if (items.isEmpty()) {
            return List.of(
                    createRepresentative(body, scope, certainty.unknownTimes().when(notEmptyCondition(step))));
        }
        if (items.get().size() > MAX_ITEMS) {
            run.problem(
                    Problem.Kind.ABRIDGED,
                    call,
                    new Problem.Message(
                            "step",
                            " " + Json.text(step, "name") + " loops over "
                                    + items.get().size() + " items: one pod was checked for all"));
            return List.of(createRepresentative(
                    body, scope, certainty.repeated(items.get().size())));
        }
        List<Round> rounds = new ArrayList<>();
        List<JsonNode> itemNodes = items.get().first();
        checkKeys(body, itemNodes, Json.has(step, "withParam"), call);
        for (int i = 0; i < itemNodes.size(); i++) {
            rounds.add(createRound(body, itemNodes.get(i), i, scope, certainty));
        }
        return rounds;
    }

    /**
     * Reports parts of items that do not exist. They cannot be substituted, and the group of steps ends in Error. An
     * object has only its first level of keys, and a list has no parts. A key that no item of {@code withItems} has is
     * refused with the template.
     */
    private void checkKeys(ObjectNode body, List<JsonNode> items, boolean isParameter, TemplateCall call) {
        Set<String> parts = new LinkedHashSet<>();
        PART_OF_ITEM
                .matcher(body.toString())
                .results()
                .forEach(tag -> parts.add(tag.group(1).strip()));
        parts.removeIf(part -> !isParameter
                && part.startsWith(".")
                && items.stream().noneMatch(item -> isAcceptedByValidation(item, part)));
        for (String part : parts) {
            for (int i = 0; i < items.size(); i++) {
                if (!hasPart(items.get(i), part)) {
                    String reason = part.matches("\\.[-\\w]+")
                            ? "item " + i + " has no " + part.substring(1)
                            : "an item has {{item}}, and an object {{item.KEY}} for its own keys";
                    run.problem(Problem.Kind.REFUSED, call, "failed to resolve {{item" + part + "}}: " + reason);
                    break;
                }
            }
        }
    }

    private static boolean hasPart(JsonNode item, String part) {
        return part.startsWith(".") && item.has(part.substring(1));
    }

    private static boolean isAcceptedByValidation(JsonNode item, String part) {
        Matcher element = ELEMENT.matcher(part);
        return hasPart(item, part)
                || item.isArray() && element.matches() && item.has(Integer.parseInt(element.group(1)));
    }

    private static Condition notEmptyCondition(JsonNode step) {
        String list = Json.has(step, "withParam")
                ? "withParam " + UnknownValues.show(Json.text(step, "withParam"))
                : "withSequence of step " + Json.text(step, "name");
        return new Condition(Condition.Kind.LIST, list + " is not empty");
    }

    /** Returns one iteration in place of all, with an unknown item. */
    private Round createRepresentative(ObjectNode body, Scope scope, Certainty certainty) {
        Scope item = scope.inner(name -> name.equals("item") || name.startsWith("item.")
                ? Optional.of(run.unknowns.mark(name, "it is an item of a loop"))
                : Optional.empty());
        ObjectNode step = Json.copy(run.substitution.replace(body, item));
        step.put("name", Json.text(body, "name") + "(*)");
        step.set("template", body.get("template"));
        return new Round(Shapes.clean(step), certainty, item);
    }

    private Round createRound(ObjectNode body, JsonNode item, int index, Scope scope, Certainty certainty) {
        Scope values = scope.inner();
        String shown;
        if (item.isObject()) {
            TreeSet<String> parts = new TreeSet<>();
            ObjectNode sorted = Json.object();
            item.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(field -> {
                sorted.set(field.getKey(), field.getValue());
                values.put("item." + field.getKey(), ArgoJson.item(field.getValue()));
                parts.add(field.getKey() + ":" + ArgoJson.item(field.getValue()));
            });
            values.put("item", ArgoJson.marshalled(sorted));
            shown = String.join(",", parts);
        } else if (item.isArray()) {
            values.put("item", ArgoJson.marshalled(item));
            List<String> parts = new ArrayList<>();
            item.forEach(each -> parts.add(ArgoJson.item(each)));
            shown = "[" + String.join(" ", parts) + "]";
        } else if (item.isNull()) {
            values.put("item", "null");
            shown = "[]"; // Go reads null as a list without elements.
        } else {
            values.put("item", item.asText());
            shown = ArgoJson.item(item);
        }
        ObjectNode step = Json.copy(run.substitution.replace(body, values));
        step.put(
                "name",
                Json.text(body, "name") + "(" + index + ":"
                        + shown.replace("(", "").replace(")", "") + ")");
        step.set("template", body.get("template"));
        return new Round(Shapes.clean(step), certainty, values);
    }

    /** The number of items of a loop, and the first of them: at most one more than {@link #MAX_ITEMS}. */
    record Items(long size, List<JsonNode> first) {}

    static final Items NONE = new Items(0, List.of());

    private Optional<Items> items(JsonNode step, TemplateCall call) {
        if (Json.has(step, "withItems")) {
            return Optional.of(itemsOf(step.get("withItems")));
        }
        String parameter = Json.text(step, "withParam");
        if (!parameter.isEmpty()) {
            return UnknownValues.areIn(parameter) ? Optional.empty() : parseOrReport(parameter, call);
        }
        return Sequence.items(step.path("withSequence"), call, run);
    }

    /** Returns the items of a list; none if the field is no list, which another check reports. */
    private static Items itemsOf(JsonNode items) {
        if (!items.isArray()) {
            return NONE;
        }
        List<JsonNode> first = new ArrayList<>();
        for (int i = 0; i < Math.min(items.size(), MAX_ITEMS + 1); i++) {
            first.add(items.get(i));
        }
        return new Items(items.size(), first);
    }

    /** Parses withParam. Reports a text that is no list, which ends the node before a pod is created. */
    private Optional<Items> parseOrReport(String parameter, TemplateCall call) {
        Optional<Items> items;
        try {
            items = parse(parameter);
        } catch (StreamConstraintsException e) {
            run.problem(
                    Problem.Kind.BOUNDED,
                    call,
                    "the items of withParam were not read: " + e.getOriginalMessage()
                            + "; one pod was checked for all");
            return Optional.empty();
        }
        if (items.isEmpty()) {
            String beginning = parameter.length() > MAX_SHOWN_CHARACTERS
                    ? parameter.substring(0, MAX_SHOWN_CHARACTERS) + "…"
                    : parameter;
            run.problem(Problem.Kind.REFUSED, call, "withParam value could not be parsed as a JSON list: " + beginning);
        }
        return items.or(() -> Optional.of(NONE));
    }

    private static Optional<Items> parse(String json) throws StreamConstraintsException {
        Budget.current()
                .charge(Limit.NODES, 1 + json.chars().filter(c -> c == ',').count());
        try {
            JsonNode items = JSON.readTree(json);
            boolean isReadable =
                    items != null && (items.isArray() || items.isNull()); // Go reads null as an empty list.
            return isReadable ? Optional.of(itemsOf(items)) : Optional.empty();
        } catch (StreamConstraintsException e) {
            throw e;
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
