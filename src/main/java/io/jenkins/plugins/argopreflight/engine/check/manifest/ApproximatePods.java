package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods that were reported without following every round: one stands for all of a long loop, or recursion was followed for
 * a few rounds.
 */
public final class ApproximatePods implements Check {

    private static final CheckInfo INFO =
            new CheckInfo("approximate-pods", "One pod was checked for many", Severity.NOTE, Topic.WORKFLOW);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return !facts.workflows().isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            workflow.problems().stream()
                    .filter(problem -> problem.kind() == Problem.Kind.ABRIDGED)
                    .forEach(problem -> findings.add(finding(workflow, problem)));
        }
        return findings;
    }

    private static Finding finding(WorkflowFacts workflow, Problem problem) {
        return Finding.warn(
                        INFO,
                        Places.of(workflow, problem),
                        problem.message() + "; differences between them were not checked.")
                .title("One pod was checked for many")
                .fix(RunCommands.of(Places.podsCommand(workflow).noted("shows how many pods Argo creates")));
    }
}
