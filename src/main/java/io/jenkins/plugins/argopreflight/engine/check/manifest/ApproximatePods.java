package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods that were reported without following every round or rule: one stands for all of a long loop, recursion was followed
 * for a few rounds, or the nearest version of Argo that we know stands for one that we do not.
 */
public final class ApproximatePods implements Check {

    private static final CheckInfo INFO = new CheckInfo(
            "approximate-pods",
            "One pod was checked for many, or with the rules of a similar version of Argo",
            Severity.NOTE,
            Topic.WORKFLOW);

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
                    .filter(ApproximatePods::handles)
                    .forEach(problem -> findings.add(finding(workflow, problem)));
        }
        return findings;
    }

    private static boolean handles(Problem problem) {
        return problem.kind() == Problem.Kind.ABRIDGED
                || problem.kind() == Problem.Kind.VERSION && problem.path().isEmpty();
    }

    private static Finding finding(WorkflowFacts workflow, Problem problem) {
        Subject subject = Places.of(workflow, problem);
        boolean version = problem.kind() == Problem.Kind.VERSION;
        return Finding.warn(
                        INFO,
                        subject,
                        problem.message() + (version ? "." : "; differences between them were not checked."))
                .title(version ? "Checked with the rules of a similar version of Argo" : "One pod was checked for many")
                .fix(
                        version
                                ? RunCommands.of(Command.kubectlIn(
                                                workflow.namespace(),
                                                "get",
                                                "pods",
                                                "-l",
                                                "workflows.argoproj.io/workflow",
                                                "-o",
                                                "yaml"))
                                        .because("compare with a pod of this Argo:")
                                : RunCommands.of(
                                        Places.podsCommand(workflow).noted("shows how many pods Argo creates")));
    }
}
