package io.jenkins.plugins.argopreflight.engine.workflow.template;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Problems in the order in which they were met, each once, of the node that exists on the fewest conditions; their
 * messages count as text of the run.
 */
final class DistinctProblems extends AbstractList<Problem> {

    /** That take as much memory as everything of a problem but its texts. */
    private static final int CHARACTERS = 100;

    private final Budget budget = Budget.current();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Problem, Integer> known = new HashMap<>();

    @Override
    public boolean add(Problem problem) {
        Integer before = known.putIfAbsent(problem.ofAny(), problems.size());
        if (before != null) {
            if (problem.isSurerThan(problems.get(before))) {
                problems.set(before, problem);
            }
            return false;
        }
        problems.add(problem);
        budget.text(CHARACTERS + problem.message().length() + problem.path().length());
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
        return problem instanceof Problem each && known.containsKey(each.ofAny());
    }
}
