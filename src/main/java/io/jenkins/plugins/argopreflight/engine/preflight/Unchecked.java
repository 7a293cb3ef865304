package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.Set;

/**
 * Finds whether something that was asked could not be checked: then no findings is not a pass. What we would have
 * reported besides (nodes, quotas, the controller's settings) does not count, nor does a value that is not there before the
 * workflow runs.
 */
public final class Unchecked {

    /** Problems that keep the walk from the whole workflow. */
    private static final Set<Problem.Kind> UNTOLD = Set.of(Problem.Kind.UNKNOWN_REFERENCE, Problem.Kind.BOUNDED);

    /** Parties whose rights decide whether the workflow is made and runs. */
    private static final Set<NeededRight.Party> PARTIES = Set.of(NeededRight.Party.SENSOR, NeededRight.Party.WORKFLOW);

    /** Sources that the result hangs on besides the findings: a source that shall be asked and cannot be is UNCHECKED. */
    public record Asked(boolean cluster, boolean registries) {}

    private Unchecked() {}

    /** Returns whether something that was asked could not be checked. */
    public static boolean is(Facts facts, Asked asked) {
        return facts.unseen().stream().anyMatch(Unavailable::asked)
                || facts.workflows().stream()
                        .flatMap(workflow -> workflow.problems().stream())
                        .anyMatch(problem -> UNTOLD.contains(problem.kind()))
                || asked.registries() && facts.pulls().stream().anyMatch(Unchecked::isUnanswered)
                || asked.cluster() && facts.permissions().stream().anyMatch(Unchecked::isUnanswered);
    }

    private static boolean isUnanswered(PodPull row) {
        return row.pull().consumer() == Consumer.KUBELET
                && !row.pull().verdict().isKnown()
                && row.unresolved().isEmpty()
                && !row.isOfCaller()
                && row.pull().question().assumed().isEmpty();
    }

    private static boolean isUnanswered(NeededRight row) {
        return PARTIES.contains(row.party()) && row.answer().isUnknown();
    }
}
