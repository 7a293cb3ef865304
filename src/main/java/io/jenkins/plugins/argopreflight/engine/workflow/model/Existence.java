package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** On which conditions a pod exists, and whether the workflow tolerates that it fails. */
public record Existence(List<Condition> conditions, Tolerance tolerance) {

    private static final String TOLERATED = "the workflow goes on when the pod fails (continueOn, depends or a hook)";

    private static final String DETACHED = "the workflow's result does not depend on the pod";

    /** How a defect ends the pod's node. */
    public enum Ending {
        /** Not at all: the pod stays Pending, and the workflow never ends. */
        PENDING,
        /** In Error, since the pod cannot be created. */
        REFUSED,
        ERROR,
        FAILED
    }

    public Existence {
        conditions = conditions.stream().filter(Condition::isOfRun).toList();
    }

    /**
     * The same of a workflow that is created within another one.
     *
     * @param outer of the pod that creates it
     * @param awaited whether that pod's node waits for it
     */
    public Existence within(Existence outer, boolean awaited) {
        List<Condition> all = new ArrayList<>(outer.conditions());
        all.addAll(conditions);
        return new Existence(all, awaited ? outer.tolerance().ofCreated(tolerance) : Tolerance.DETACHED);
    }

    /** Why the workflow can succeed in spite of a defect of the pod; empty when it cannot. */
    public Optional<String> excuse(Ending ending) {
        if (!conditions.isEmpty()) {
            return Optional.of(conditions.stream().map(Condition::toString).collect(Collectors.joining("; and ")));
        }
        boolean tolerated =
                switch (ending) {
                    case PENDING -> tolerance.pending();
                    case REFUSED -> tolerance.refused();
                    case ERROR -> tolerance.error();
                    case FAILED -> tolerance.failed();
                };
        if (!tolerated) {
            return Optional.empty();
        }
        return Optional.of(tolerance.pending() ? DETACHED : TOLERATED);
    }
}
