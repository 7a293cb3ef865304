package io.jenkins.plugins.argopreflight.engine.facts.right;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;

/**
 * A right that is needed, before the API server was asked for it.
 *
 * @param who the user who needs the right; Unknown if it cannot be determined
 * @param right the right; Unknown, with the reason, if it is known only when the workflow runs
 */
record RightQuestion(
        NeededRight.Party party,
        Fact<Identity> who,
        Fact<Right> right,
        Purpose purpose,
        List<WorkflowFacts> workflows,
        List<ArgoPod> pods) {

    RightQuestion {
        workflows = List.copyOf(workflows);
        pods = List.copyOf(pods);
    }

    /**
     * Returns this question without its workflows and pods, so that equal questions of different workflows are equal.
     */
    RightQuestion withoutUsers() {
        return new RightQuestion(party, who, right, purpose, List.of(), List.of());
    }

    /** Returns one question for questions that differ only in workflows and pods. */
    static RightQuestion merge(List<RightQuestion> equal) {
        RightQuestion first = equal.get(0);
        return new RightQuestion(
                first.party,
                first.who,
                first.right,
                first.purpose,
                equal.stream()
                        .flatMap(question -> question.workflows.stream())
                        .distinct()
                        .toList(),
                equal.stream()
                        .flatMap(question -> question.pods.stream())
                        .distinct()
                        .toList());
    }
}
