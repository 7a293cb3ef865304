package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;

/** A check for workflows that the controller refuses. */
public final class RefusedByArgo extends ExpansionCheck {

    private static final String BUDGET_REFUSED =
            "The API server refuses the budget, Argo retries, and the workflow never starts.";
    private static final String GROUP_EMPTY =
            "Argo makes the next group a part of the empty one: the workflow stays Running; remove the empty group.";
    private static final String VOLUME_UNDECLARED =
            "A caller must supply the volume, or the name is misspelled: the other volumes of the template are in its"
                    + " spec.volumes.";
    private static final String STATUS_MISSING =
            "Argo replaces the expressions of the spec before all else: the workflow gets no status, and nothing"
                    + " starts.";

    public RefusedByArgo() {
        super(
                CheckInfo.error(
                                "refused-by-argo",
                                "Argo's controller refuses the workflow or one of its steps",
                                Topic.WORKFLOW)
                        .alsoGiving(Outcome.WARN, Outcome.UNKNOWN),
                "Argo refuses it, and the workflow ends in Failed or Error.",
                Problem.Kind.REFUSED,
                Problem.Kind.REFUSED_BUDGET,
                Problem.Kind.NO_STATUS,
                Problem.Kind.EMPTY_GROUP,
                Problem.Kind.NOT_OF_OWN_VOLUMES,
                Problem.Kind.UNKNOWN_SETTING,
                Problem.Kind.BOUNDED);
    }

    @Override
    String consequence(Problem problem) {
        return switch (problem.kind()) {
            case NO_STATUS -> STATUS_MISSING;
            case NOT_OF_OWN_VOLUMES -> VOLUME_UNDECLARED;
            case EMPTY_GROUP -> GROUP_EMPTY;
            case REFUSED_BUDGET -> BUDGET_REFUSED;
            default -> super.consequence(problem);
        };
    }
}
