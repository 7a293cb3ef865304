package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of problems in the order in which they were found. Equal problems are added once, for the node that exists on
 * the fewest conditions. Their messages are charged as text of the run.
 */
final class DistinctProblems extends AbstractList<Problem> {

    /** Memory of a problem beside its texts, in characters. */
    private static final int FIXED_CHARACTERS = 100;

    private final Budget budget = Budget.current();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Problem, Integer> indices = new HashMap<>();

    @Override
    public boolean add(Problem problem) {
        Integer index = indices.putIfAbsent(problem.withoutNode(), problems.size());
        if (index != null) {
            if (problem.isSurerThan(problems.get(index))) {
                problems.set(index, problem);
            }
            return false;
        }
        problems.add(problem);
        budget.chargeText(
                FIXED_CHARACTERS + problem.message().length() + problem.path().length());
        return true;
    }

    @Override
    public Problem get(int index) {
        return problems.get(index);
    }

    @Override
    public int size() {
        return problems.size();
    }

    @Override
    public boolean contains(Object problem) {
        return problem instanceof Problem each && indices.containsKey(each.withoutNode());
    }
}
