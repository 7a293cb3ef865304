package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import java.util.Set;

/**
 * The test whether a requested fact could not be checked. If so, a run without findings is UNCHECKED and does not pass.
 * Facts that are only read to improve a report (nodes, quotas, the controller's settings) are not counted, nor are
 * values that are known only when the workflow runs.
 */
public final class Unchecked {

    /** The problems that keep parts of a workflow from being expanded: a reference not checked, and a limit. */
    private static final Set<Problem.Kind> INCOMPLETE = Set.of(Problem.Kind.UNKNOWN_REFERENCE, Problem.Kind.BOUNDED);

    /** The parties whose rights count. Unknown rights of the submitting user and the controller do not count. */
    private static final Set<NeededRight.Party> PARTIES = Set.of(NeededRight.Party.SENSOR, NeededRight.Party.WORKFLOW);

    /** The sources that were requested. If one of them cannot be asked, the result is UNCHECKED. */
    public record Asked(boolean cluster, boolean registries) {

        static final Asked ALL = new Asked(/* cluster= */ true, /* registries= */ true);
    }

    private Unchecked() {}

    /**
     * Returns whether a requested fact could not be checked. A fact that could not be read has its own field
     * {@link Unavailable#asked}, independent of the sources.
     *
     * @param sources the sources that were requested
     */
    public static boolean exists(Facts facts, Asked sources) {
        return facts.unseen().stream().anyMatch(Unavailable::asked)
                || facts.workflows().stream()
                        .flatMap(workflow -> workflow.problems().stream())
                        .anyMatch(problem -> INCOMPLETE.contains(problem.kind()))
                || sources.registries() && facts.pulls().stream().anyMatch(Unchecked::isUnanswered)
                || sources.cluster() && facts.permissions().stream().anyMatch(Unchecked::isUnanswered);
    }

    /**
     * Returns whether it is not known if the kubelet can pull an image. Not counted: an image that is known only at run
     * time or from a template's caller, and an image of which it is not certain that a pod uses it (the assumption).
     */
    private static boolean isUnanswered(PodPull row) {
        return row.pull().consumer() == ImageClient.KUBELET
                && !row.pull().verdict().isKnown()
                && row.unresolved().isEmpty()
                && !row.isOfCaller()
                && row.pull().question().assumption().isEmpty();
    }

    private static boolean isUnanswered(NeededRight row) {
        return PARTIES.contains(row.party()) && row.answer().isUnknown();
    }
}
