package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The conditions that must be true for a pod to exist, and the workflow's tolerance of the pod's failure. */
public record Existence(List<Condition> conditions, Tolerance tolerance) {

    private static final String TOLERATED = "the workflow goes on when the pod fails (continueOn, depends or a hook)";

    private static final String DETACHED = "the workflow's result does not depend on the pod";

    /** The state that a defect of the pod gives to its node. */
    public enum Ending {
        /** The node does not end: the pod stays Pending, and the workflow never ends. */
        PENDING,
        /** The node ends in Error, since the pod cannot be created. */
        REFUSED,
        ERROR,
        FAILED
    }

    public Existence {
        conditions = conditions.stream().filter(Condition::canBeFalse).toList();
    }

    /**
     * Returns this existence for a pod whose workflow is created by a pod of another workflow.
     *
     * @param creator existence of the creating pod
     * @param awaited whether the node of the creating pod waits for the created workflow
     */
    public Existence createdBy(Existence creator, boolean awaited) {
        List<Condition> allConditions = new ArrayList<>(creator.conditions());
        allConditions.addAll(conditions);
        return new Existence(
                allConditions, awaited ? creator.tolerance().ofCreatedWorkflow(tolerance) : Tolerance.DETACHED);
    }

    /** Returns the reason why the workflow can succeed in spite of a defect of the pod; empty if it cannot. */
    public Optional<String> excuse(Ending ending) {
        if (!conditions.isEmpty()) {
            return Optional.of(conditions.stream().map(Condition::toString).collect(Collectors.joining("; and ")));
        }
        boolean isTolerated =
                switch (ending) {
                    case PENDING -> tolerance.pending();
                    case REFUSED -> tolerance.refused();
                    case ERROR -> tolerance.error();
                    case FAILED -> tolerance.failed();
                };
        if (!isTolerated) {
            return Optional.empty();
        }
        // A workflow can succeed beside a Pending pod only if nothing waits for the pod.
        return Optional.of(tolerance.pending() ? DETACHED : TOLERATED);
    }
}
