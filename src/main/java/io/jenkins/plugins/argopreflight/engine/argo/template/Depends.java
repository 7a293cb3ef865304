package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
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
 * The dependencies of tasks, and the decision whether a task runs if all others succeed; source: argo-workflows
 * workflow/common/ancestry.go and workflow/controller/dag.go (evaluateDependsLogic).
 */
public final class Depends {

    private static final Pattern TASK = Pattern.compile("([a-zA-Z0-9_][-a-zA-Z0-9_]*)(?:\\.([A-Z][A-Za-z]+))?");

    /** The end of a task if all tasks succeed, or if one does not. */
    public enum State {
        RUNS,
        SKIPPED,
        OMITTED,
        MAY_BE_SKIPPED,
        MAY_BE_OMITTED,
        FAILED,
        ERRORED,
        /** The task failed, and its continueOn lets tasks continue that depend on it. */
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

    private static final int MAX_SEARCHED_TASKS = 100;

    /** Charge for one edge of the graph, in units of work. */
    private static final int EDGE_WORK = 10;

    private static final String TASKS_PREFIX = "tasks.";

    private Depends() {}

    /** Returns the tasks on which a task directly depends. */
    public static Set<String> names(JsonNode task) {
        Set<String> names = new LinkedHashSet<>();
        Matcher name = TASK.matcher(Json.text(task, "depends"));
        while (name.find()) {
            names.add(name.group(1));
        }
        task.path("dependencies").forEach(each -> names.add(Json.text(each)));
        return names;
    }

    /** Returns the tasks for which {@code depends} contains one of these results. */
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

    /** Returns the direct dependencies of each task. */
    public static Map<String, Set<String>> dependencies(Map<String, JsonNode> tasks) {
        Map<String, Set<String>> dependencies = new HashMap<>();
        tasks.forEach((name, task) -> dependencies.put(name, names(task)));
        return dependencies;
    }

    /**
     * Returns the tasks that have ended when this one starts. If there are many, only tasks in the task's variables are
     * returned, since the others only serve as suggestions for misspelt names.
     */
    public static Set<String> ancestors(JsonNode task, Map<String, Set<String>> dependencies) {
        String text = task.toString();
        if (dependencies.size() > MAX_SEARCHED_TASKS && !text.contains(TASKS_PREFIX)) {
            return Set.of();
        }
        Set<String> used = tasksInVariables(text);
        used.retainAll(dependencies.keySet());
        Set<String> ancestors = ancestors(
                names(task), dependencies, visited -> visited.size() > MAX_SEARCHED_TASKS && visited.containsAll(used));
        if (ancestors.size() > MAX_SEARCHED_TASKS) {
            ancestors.retainAll(used);
        }
        return ancestors;
    }

    /**
     * Returns whether a task has ended when another one starts.
     *
     * @param name name of the task
     * @param names the tasks on which the other one directly depends
     * @param dependencies the direct dependencies of each task
     */
    public static boolean isAncestor(String name, Set<String> names, Map<String, Set<String>> dependencies) {
        return names.contains(name)
                || ancestors(names, dependencies, visited -> visited.contains(name))
                        .contains(name);
    }

    /** Returns the ancestors, nearest first, until there are enough. */
    private static Set<String> ancestors(
            Set<String> names, Map<String, Set<String>> dependencies, Predicate<Set<String>> isEnough) {
        Budget budget = Budget.current();
        Set<String> ancestors = new HashSet<>(names);
        Deque<String> queue = new ArrayDeque<>(names);
        while (!queue.isEmpty() && !isEnough.test(ancestors)) {
            Set<String> others = dependencies.getOrDefault(queue.remove(), Set.of());
            budget.charge(Limit.WORK_UNITS, EDGE_WORK * (1L + others.size()));
            for (String other : others) {
                if (ancestors.add(other)) {
                    queue.add(other);
                }
            }
        }
        return ancestors;
    }

    private static Set<String> tasksInVariables(String text) {
        Set<String> tasks = new HashSet<>();
        for (int index = text.indexOf(TASKS_PREFIX); index >= 0; index = text.indexOf(TASKS_PREFIX, index + 1)) {
            int dot = text.indexOf('.', index + TASKS_PREFIX.length());
            tasks.add(dot < 0 ? "" : text.substring(index + TASKS_PREFIX.length(), dot));
        }
        return tasks;
    }

    public static String text(JsonNode task) {
        if (Json.has(task, "depends")) {
            return Json.text(task, "depends");
        }
        List<String> names = new ArrayList<>(names(task));
        return String.join(" && ", names);
    }

    /** Returns whether a task runs; empty if this depends on a task for which it is not known. */
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
        return Expression.parse(logic.toString()).decide(name -> Optional.of("\uE000" + name + "\uE001"));
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
