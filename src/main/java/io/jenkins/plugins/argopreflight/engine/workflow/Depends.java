package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a task runs when all goes well; source: argo-workflows workflow/common/ancestry.go and
 * workflow/controller/dag.go (evaluateDependsLogic).
 */
final class Depends {

    private static final Pattern TASK = Pattern.compile("([a-zA-Z0-9_][-a-zA-Z0-9_]*)(?:\\.([A-Z][A-Za-z]+))?");

    /** What becomes of a task when all goes well. */
    enum State {
        RUNS,
        SKIPPED,
        MAY_BE_SKIPPED,
        MAY_BE_OMITTED
    }

    private Depends() {}

    /** The tasks that a task waits for. */
    static Set<String> names(JsonNode task) {
        Set<String> names = new LinkedHashSet<>();
        Matcher name = TASK.matcher(Json.text(task, "depends"));
        while (name.find()) {
            names.add(name.group(1));
        }
        task.path("dependencies").forEach(each -> names.add(each.asText()));
        return names;
    }

    /** The tasks that have ended when this one starts, by whatever path. */
    static Set<String> ancestors(JsonNode task, Map<String, JsonNode> all) {
        Set<String> found = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(task));
        while (!open.isEmpty()) {
            for (String other : names(open.pop())) {
                if (found.add(other) && all.containsKey(other)) {
                    open.push(all.get(other));
                }
            }
        }
        return found;
    }

    static String text(JsonNode task) {
        if (Json.has(task, "depends")) {
            return Json.text(task, "depends");
        }
        List<String> names = new ArrayList<>(names(task));
        return String.join(" && ", names);
    }

    /** Empty when it hangs on a task of which it is not known whether it runs. */
    static Optional<Boolean> decide(JsonNode task, Map<String, State> states) {
        String text = text(task);
        if (text.isEmpty()) {
            return Optional.of(true);
        }
        StringBuilder logic = new StringBuilder();
        Matcher each = TASK.matcher(text);
        while (each.find()) {
            State state = states.getOrDefault(each.group(1), State.MAY_BE_OMITTED);
            String value = value(state, each.group(2));
            each.appendReplacement(logic, Matcher.quoteReplacement(value));
        }
        each.appendTail(logic);
        return Expression.decide(logic.toString(), name -> Optional.of("\uE000" + name + "\uE001"));
    }

    private static String value(State state, String result) {
        if (result == null) {
            return state == State.MAY_BE_OMITTED ? "later" : "true";
        }
        return switch (result) {
            case "Succeeded", "AnySucceeded" ->
                switch (state) {
                    case RUNS -> "true";
                    case SKIPPED -> "false";
                    default -> "later";
                };
            case "Skipped" ->
                switch (state) {
                    case SKIPPED -> "true";
                    case MAY_BE_SKIPPED -> "later";
                    default -> "false";
                };
            case "Omitted" -> state == State.MAY_BE_OMITTED ? "later" : "false";
            default -> "false";
        };
    }
}
