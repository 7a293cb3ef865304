package io.jenkins.plugins.argopreflight.engine.collect.right;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;

/**
 * One right that someone needs, before anyone was asked whether they have it.
 *
 * @param who Unknown when no one can determine who it will be
 * @param right what; Unknown, with the reason, when it cannot be reported before the workflow runs
 * @param neededFor in words
 */
record RightQuestion(
        NeededRight.Party party,
        Fact<Identity> who,
        Fact<Right> right,
        String neededFor,
        List<WorkflowFacts> workflows,
        List<ArgoPod> pods) {

    RightQuestion {
        workflows = List.copyOf(workflows);
        pods = List.copyOf(pods);
    }

    /** The same but for whom it is needed, to show equal questions from different ones. */
    RightQuestion bare() {
        return new RightQuestion(party, who, right, neededFor, List.of(), List.of());
    }

    /** One question for all of these, which differ only in for whom. */
    static RightQuestion together(List<RightQuestion> same) {
        RightQuestion first = same.get(0);
        return new RightQuestion(
                first.party,
                first.who,
                first.right,
                first.neededFor,
                same.stream()
                        .flatMap(question -> question.workflows.stream())
                        .distinct()
                        .toList(),
                same.stream()
                        .flatMap(question -> question.pods.stream())
                        .distinct()
                        .toList());
    }
}
