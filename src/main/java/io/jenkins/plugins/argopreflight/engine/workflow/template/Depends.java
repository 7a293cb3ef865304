package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a task runs when all goes well; source: argo-workflows workflow/common/ancestry.go and
 * workflow/controller/dag.go (evaluateDependsLogic).
 */
public final class Depends {

    private static final Pattern TASK = Pattern.compile("([a-zA-Z0-9_][-a-zA-Z0-9_]*)(?:\\.([A-Z][A-Za-z]+))?");

    /** What becomes of a task when all goes well, or when one task does not. */
    public enum State {
        RUNS,
        SKIPPED,
        OMITTED,
        MAY_BE_SKIPPED,
        MAY_BE_OMITTED,
        FAILED,
        ERRORED,
        /** Failed, and its continueOn lets others that depend on it go on. */
        FAILED_AND_CONTINUED,
        ERRORED_AND_CONTINUED;

        State continued() {
            return this == FAILED ? FAILED_AND_CONTINUED : ERRORED_AND_CONTINUED;
        }

        private boolean isFailed() {
            return this == FAILED || this == FAILED_AND_CONTINUED;
        }

        private boolean isErrored() {
            return this == ERRORED || this == ERRORED_AND_CONTINUED;
        }
    }

    private static final int FEW = 100;

    /** Work for one edge of the graph. */
    private static final int STEP = 10;

    private static final String ROOT = "tasks.";

    private Depends() {}

    /** The tasks that a task waits for. */
    public static Set<String> names(JsonNode task) {
        Set<String> names = new LinkedHashSet<>();
        Matcher name = TASK.matcher(Json.text(task, "depends"));
        while (name.find()) {
            names.add(name.group(1));
        }
        task.path("dependencies").forEach(each -> names.add(each.asText("")));
        return names;
    }

    /** The tasks of which {@code depends} names one of these results. */
    public static Set<String> names(JsonNode task, Set<String> results) {
        Set<String> names = new LinkedHashSet<>();
        Matcher name = TASK.matcher(Json.text(task, "depends"));
        while (name.find()) {
            if (name.group(2) != null && results.contains(name.group(2))) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    /** What each task waits for. */
    public static Map<String, Set<String>> waits(Map<String, JsonNode> tasks) {
        Map<String, Set<String>> waits = new HashMap<>();
        tasks.forEach((name, task) -> waits.put(name, names(task)));
        return waits;
    }

    /**
     * The tasks that have ended when this one starts. Of many, only those that it names in variables: the others are only
     * suggestions for a typo.
     */
    public static Set<String> ancestors(JsonNode task, Map<String, Set<String>> waits) {
        String text = task.toString();
        if (waits.size() > FEW && !text.contains(ROOT)) {
            return Set.of();
        }
        Set<String> named = named(text);
        named.retainAll(waits.keySet());
        Set<String> found = ancestors(names(task), waits, seen -> seen.size() > FEW && seen.containsAll(named));
        if (found.size() > FEW) {
            found.retainAll(named);
        }
        return found;
    }

    /** Returns whether a task has ended when one that waits for these starts. */
    public static boolean isAncestor(String name, Set<String> names, Map<String, Set<String>> waits) {
        return names.contains(name)
                || ancestors(names, waits, seen -> seen.contains(name)).contains(name);
    }

    /** The nearest ones first, until there are enough. */
    private static Set<String> ancestors(
            Set<String> names, Map<String, Set<String>> waits, Predicate<Set<String>> enough) {
        Budget budget = Budget.current();
        Set<String> found = new HashSet<>(names);
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty() && !enough.test(found)) {
            Set<String> others = waits.getOrDefault(open.remove(), Set.of());
            budget.charge(Limit.WORK, STEP * (1L + others.size()));
            for (String other : others) {
                if (found.add(other)) {
                    open.add(other);
                }
            }
        }
        return found;
    }

    private static Set<String> named(String text) {
        Set<String> named = new HashSet<>();
        for (int at = text.indexOf(ROOT); at >= 0; at = text.indexOf(ROOT, at + 1)) {
            int dot = text.indexOf('.', at + ROOT.length());
            named.add(dot < 0 ? "" : text.substring(at + ROOT.length(), dot));
        }
        return named;
    }

    public static String text(JsonNode task) {
        if (Json.has(task, "depends")) {
            return Json.text(task, "depends");
        }
        List<String> names = new ArrayList<>(names(task));
        return String.join(" && ", names);
    }

    /** Empty when it hangs on a task of which it is not known whether it runs. */
    public static Optional<Boolean> decide(JsonNode task, Map<String, State> states) {
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
            return switch (state) {
                case MAY_BE_OMITTED -> "later";
                case OMITTED, FAILED, ERRORED -> "false";
                default -> "true";
            };
        }
        return switch (result) {
            case "Succeeded", "AnySucceeded", "Daemoned" ->
                switch (state) {
                    case RUNS -> "true";
                    case MAY_BE_SKIPPED, MAY_BE_OMITTED -> "later";
                    default -> "false";
                };
            case "Skipped" ->
                switch (state) {
                    case SKIPPED -> "true";
                    case MAY_BE_SKIPPED -> "later";
                    default -> "false";
                };
            case "Omitted" ->
                switch (state) {
                    case OMITTED -> "true";
                    case MAY_BE_OMITTED -> "later";
                    default -> "false";
                };
            case "Failed", "AllFailed" -> Boolean.toString(state.isFailed());
            case "Errored" -> Boolean.toString(state.isErrored());
            default -> "false";
        };
    }
}
