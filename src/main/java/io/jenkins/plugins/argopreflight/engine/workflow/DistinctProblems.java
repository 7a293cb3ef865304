package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Problems in the order in which they were met, each once; their messages count as text of the run. */
final class DistinctProblems extends AbstractList<Problem> {

    /** That take as much memory as everything of a problem but its texts. */
    private static final int CHARACTERS = 100;

    private final Budget budget = Budget.current();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Problem> known = new HashSet<>();

    @Override
    public boolean add(Problem problem) {
        if (!known.add(problem)) {
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
        return known.contains(problem);
    }
}
