package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The problems of a simulation in the order in which they were found. Equal problems are added once, for the node that
 * exists under the fewest conditions. Their messages are charged as text of the run.
 */
final class DistinctProblems {

    /** Memory of a problem beside its texts, in characters. */
    private static final int FIXED_CHARACTERS = 100;

    private final Budget budget = Budget.current();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Problem, Integer> indices = new HashMap<>();

    void add(Problem problem) {
        Integer index = indices.putIfAbsent(problem.withoutNode(), problems.size());
        if (index == null) {
            problems.add(problem);
            budget.chargeText(
                    FIXED_CHARACTERS + problem.text().length() + problem.path().length());
        } else if (problem.isSurerThan(problems.get(index))) {
            problems.set(index, problem);
        }
    }

    /** Adds a problem, unless an equal one was added. */
    void addIfAbsent(Problem problem) {
        if (!indices.containsKey(problem.withoutNode())) {
            add(problem);
        }
    }

    /** Returns an unmodifiable view. */
    List<Problem> view() {
        return Collections.unmodifiableList(problems);
    }
}
