package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.workflow.Problem;
import java.util.Set;

/**
 * Whether something that was asked could not be looked at: then nothing found does not mean well. What we would have
 * told besides (nodes, quotas, the controller's settings) does not count, nor does a value that is not there before the
 * workflow runs.
 */
final class Unchecked {

    private static final Set<Problem.Kind> UNTOLD = Set.of(Problem.Kind.UNKNOWN_REFERENCE, Problem.Kind.BOUNDED);

    /** What the result hangs on besides the findings: a source that shall be asked and cannot be is UNCHECKED. */
    record Asked(boolean cluster, boolean registries) {}

    private Unchecked() {}

    static boolean is(Facts facts, Asked asked) {
        return facts.unseen().stream().anyMatch(Unseen::asked)
                || facts.workflows().stream()
                        .flatMap(workflow -> workflow.problems().stream())
                        .anyMatch(problem -> UNTOLD.contains(problem.kind()))
                || asked.registries() && facts.pulls().stream().anyMatch(Unchecked::isUnanswered)
                || asked.cluster() && facts.permissions().stream().anyMatch(Unchecked::isUnanswered);
    }

    private static boolean isUnanswered(PodPull row) {
        return row.pull().consumer().equals("kubelet")
                && !row.pull().verdict().isKnown()
                && row.unresolved().isEmpty()
                && row.assumed().isEmpty();
    }

    private static boolean isUnanswered(Permission row) {
        return row.party() == Permission.Party.WORKFLOW && row.answer() instanceof Fact.Unknown<Boolean>;
    }
}
