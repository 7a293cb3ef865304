package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.Problem;
import java.util.List;

/**
 * The pods of each workflow, what is wrong, and what is not known.
 *
 * @param argo the version by whose rules the pods are told
 * @param configuration where the controller's settings come from, "" when nobody knows them
 * @param unknown what could not be seen and may change the pods
 * @param apiCalls requests to the cluster
 */
public record PodsReport(
        List<WorkflowFacts> workflows,
        ArgoVersion argo,
        String configuration,
        List<Unseen> unknown,
        int apiCalls,
        long wallMillis) {

    public PodsReport {
        workflows = List.copyOf(workflows);
        unknown = List.copyOf(unknown);
    }

    /** Failed when anything is wrong; unchecked when nothing is, but a pod or the cluster could not be determined. */
    public RunResult result() {
        List<Problem> all =
                workflows.stream().flatMap(each -> each.problems().stream()).toList();
        if (all.stream().anyMatch(PodsReport::isFinding)) {
            return RunResult.FAILED;
        }
        boolean noCluster = unknown.stream().anyMatch(one -> one.fact().equals(Unseen.CLUSTER));
        return all.stream().allMatch(PodsReport::isNote) && !noCluster ? RunResult.OK : RunResult.UNCHECKED;
    }

    /** Whether Argo, or the cluster, will object to it; else nobody could look that far. */
    public static boolean isFinding(Problem problem) {
        return problem.kind() == Problem.Kind.MISSING_REFERENCE
                || problem.kind() == Problem.Kind.REFUSED
                || problem.kind() == Problem.Kind.VERSION && !isNote(problem);
    }

    /** What leaves no pod out: one stands for many, or the nearest version of Argo for one that we do not know. */
    public static boolean isNote(Problem problem) {
        return problem.kind() == Problem.Kind.ABRIDGED
                || problem.kind() == Problem.Kind.VERSION && problem.path().isEmpty();
    }
}
