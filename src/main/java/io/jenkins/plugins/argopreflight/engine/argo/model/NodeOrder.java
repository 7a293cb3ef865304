package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The order of a workflow's nodes. Names show the order of steps: {@code wf[0].build[1].test} is after {@code
 * wf[0].build[0].compile}. Dependencies show the order of the tasks of a DAG.
 */
public final class NodeOrder {

    private static final String EXIT = ".onExit";
    private static final String HOOKS = ".hooks.";

    private final Map<String, Function<String, Set<String>>> dags = new HashMap<>();

    /**
     * Adds a node that executes a DAG.
     *
     * @param dependencies returns the tasks on which a task directly depends
     */
    public void dag(String node, Function<String, Set<String>> dependencies) {
        dags.put(UnknownValues.show(node), dependencies);
    }

    /**
     * Returns whether the first pod has certainly ended before the second starts: in an earlier group of the same
     * steps, in a task on which the second's task depends, or before exit.
     */
    public boolean isBefore(ArgoPod first, ArgoPod second) {
        return first.nodeNames().stream()
                .allMatch(one -> second.nodeNames().stream().allMatch(other -> isBefore(one, other)));
    }

    /** Returns whether the first node certainly ends before the second starts. */
    boolean isBefore(String first, String second) {
        if (isBeforeByName(first, second)) {
            return true;
        }
        for (int dot = first.indexOf('.'); dot >= 0 && !dags.isEmpty(); dot = first.indexOf('.', dot + 1)) {
            if (!second.startsWith(first.substring(0, dot + 1))) {
                return false;
            }
            Function<String, Set<String>> dependencies = dags.get(first.substring(0, dot));
            // A node that waits for a task does not wait for the task's hooks.
            boolean isHook = first.startsWith(EXIT, first.indexOf('.', dot + 1)) || first.indexOf(HOOKS, dot) >= 0;
            if (dependencies != null
                    && !isHook
                    && isAncestor(taskName(first, dot), taskName(second, dot), dependencies)) {
                return true;
            }
        }
        return false;
    }

    private static String taskName(String node, int dot) {
        int end = dot + 1;
        while (end < node.length() && ".[(".indexOf(node.charAt(end)) < 0) {
            end++;
        }
        return node.substring(dot + 1, end);
    }

    /** Returns whether a task depends on the first task, also indirectly. */
    private static boolean isAncestor(String first, String task, Function<String, Set<String>> dependencies) {
        Set<String> visited = new HashSet<>();
        Deque<String> queue = new ArrayDeque<>(List.of(task));
        while (!queue.isEmpty()) {
            Set<String> others = dependencies.apply(queue.remove());
            Budget.current().charge(Limit.WORK_UNITS, 1 + others.size());
            if (others.contains(first)) {
                return true;
            }
            others.stream().filter(visited::add).forEach(queue::add);
        }
        return false;
    }

    /**
     * Returns whether the names show the order: the first node is in an earlier group of the same steps, or the second
     * is an exit handler around the first.
     */
    private static boolean isBeforeByName(String first, String second) {
        int commonLength = 0;
        while (commonLength < Math.min(first.length(), second.length())
                && first.charAt(commonLength) == second.charAt(commonLength)) {
            commonLength++;
        }
        int group = first.lastIndexOf('[', commonLength);
        boolean isInSameList = group >= 0
                && group < second.length()
                && second.charAt(group) == '['
                && first.indexOf(']', group) >= commonLength
                && second.indexOf(']', group) >= commonLength;
        if (isInSameList) {
            return groupNumber(first, group) >= 0 && groupNumber(first, group) < groupNumber(second, group);
        }
        int dot = Math.max(0, first.lastIndexOf('.', commonLength));
        return second.startsWith(EXIT, dot) && !first.startsWith(EXIT, dot)
                || commonLength < second.length() && second.startsWith(EXIT, commonLength);
    }

    private static int groupNumber(String name, int bracket) {
        String digits = name.substring(bracket + 1, name.indexOf(']', bracket));
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }
}
