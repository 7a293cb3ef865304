package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.DependsExpression;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The dependencies of a task, and the decision whether a task runs if all others succeed; source: argo-workflows
 * workflow/common/ancestry.go and workflow/controller/dag.go (evaluateDependsLogic).
 */
public final class Depends {

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

        /**
         * Returns whether a task in this state has a result; empty if it is not known.
         *
         * @param result "" for any result after which a dependent task runs
         */
        private Optional<Boolean> has(String result) {
            return switch (result) {
                case "" -> unless(MAY_BE_OMITTED, this != OMITTED && this != FAILED && this != ERRORED);
                case "Succeeded", "AnySucceeded", "Daemoned" ->
                    this == MAY_BE_SKIPPED ? Optional.empty() : unless(MAY_BE_OMITTED, this == RUNS);
                case "Skipped" -> unless(MAY_BE_SKIPPED, this == SKIPPED);
                case "Omitted" -> unless(MAY_BE_OMITTED, this == OMITTED);
                case "Failed", "AllFailed" -> Optional.of(isFailed());
                case "Errored" -> Optional.of(isErrored());
                default -> Optional.of(false);
            };
        }

        private Optional<Boolean> unless(State unknown, boolean value) {
            return this == unknown ? Optional.empty() : Optional.of(value);
        }
    }

    private static final int MAX_SEARCHED_TASKS = 100;

    /** Charge for one edge of the graph, in units of work. */
    private static final int EDGE_WORK = 10;

    private static final String TASKS_PREFIX = "tasks.";

    private final String task;
    private final DependsExpression expression;
    private final Set<String> names;
    private final boolean isList;

    private Depends(String task, DependsExpression expression, Set<String> names, boolean isList) {
        this.task = task;
        this.expression = expression;
        this.names = names;
        this.isList = isList;
    }

    /** Reads the {@code depends} of a task, or its {@code dependencies}, which Argo joins with {@code &&}. */
    private static Depends of(JsonNode task) {
        List<String> list = new ArrayList<>();
        task.path("dependencies").forEach(each -> list.add(Json.text(each)));
        boolean isList = !Json.has(task, "depends");
        DependsExpression expression = DependsExpression.parse(
                isList ? String.join(" && ", new LinkedHashSet<>(list)) : Json.text(task, "depends"));
        Set<String> names = isList ? new LinkedHashSet<>() : expression.names();
        names.addAll(list);
        return new Depends(Json.text(task, "name"), expression, names, isList);
    }

    /** Reads the dependencies of each task in a list. */
    public static List<Depends> ofTasks(JsonNode tasks) {
        List<Depends> dependencies = new ArrayList<>();
        tasks.forEach(task -> dependencies.add(of(task)));
        return dependencies;
    }

    /** Returns the dependencies of each task. */
    public static Map<String, Depends> of(Map<String, JsonNode> tasks) {
        Map<String, Depends> dependencies = new LinkedHashMap<>();
        tasks.forEach((name, task) -> dependencies.put(name, of(task)));
        return dependencies;
    }

    /** Returns whether the task has {@code dependencies}, and no {@code depends}. */
    public boolean isList() {
        return isList;
    }

    /** Returns the tasks on which the task directly depends. */
    public Set<String> names() {
        return names;
    }

    /** Returns the tasks for which {@code depends} contains one of these results. */
    public Set<String> names(Set<String> results) {
        return isList ? Set.of() : expression.names(results);
    }

    /** Returns the results of tasks in {@code depends}, whether they exist or not. */
    public List<String> results() {
        return isList ? List.of() : expression.results();
    }

    /** Returns the condition with which the task runs. */
    public String text() {
        return expression.text();
    }

    /** Returns the syntax error in {@code depends} that Argo reports; empty if there is none that is certain. */
    public Optional<String> syntaxError() {
        return isList ? Optional.empty() : expression.syntaxError();
    }

    /** Returns whether the task can run after another one has failed. */
    boolean canTolerateFailure() {
        return expression.canTolerateFailure();
    }

    /** Returns whether the task runs; empty if this depends on a task for which it is not known. */
    public Optional<Boolean> decide(Map<String, State> states) {
        return expression.decide((name, result) ->
                states.getOrDefault(name, State.MAY_BE_OMITTED).has(result));
    }

    /** Returns the direct dependencies of each task. */
    public static Map<String, Set<String>> names(List<Depends> dependencies) {
        Map<String, Set<String>> names = new HashMap<>();
        dependencies.forEach(depends -> names.putIfAbsent(depends.task, depends.names));
        return names;
    }

    /**
     * Returns the tasks that have ended when this one starts. If there are many, only tasks in the task's variables are
     * returned, since the others only serve as suggestions for misspelt names.
     */
    public Set<String> ancestors(JsonNode task, Map<String, Set<String>> dependencies) {
        String text = task.toString();
        if (dependencies.size() > MAX_SEARCHED_TASKS && !text.contains(TASKS_PREFIX)) {
            return Set.of();
        }
        Set<String> used = tasksInVariables(text);
        used.retainAll(dependencies.keySet());
        Set<String> ancestors = ancestors(
                names, dependencies, visited -> visited.size() > MAX_SEARCHED_TASKS && visited.containsAll(used));
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
}
