package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.List;

/**
 * The pods of each workflow, what is wrong, and what is not known.
 *
 * @param argo the version by whose rules the pods are reported
 * @param configuration where the controller's settings come from, "" when no one knows them
 * @param unknown what could not be seen and can change the pods
 * @param apiCalls requests to the cluster
 */
public record PodsReport(
        List<WorkflowFacts> workflows,
        ArgoVersion argo,
        String configuration,
        List<Unavailable> unknown,
        int apiCalls,
        long wallMillis) {

    public PodsReport {
        workflows = List.copyOf(workflows);
        unknown = List.copyOf(unknown);
    }

    /** Failed when anything is wrong; unchecked when nothing is, but a pod or the cluster could not be determined. */
    public RunResult result() {
        List<Problem> all =
                workflows.stream().flatMap(each -> shown(each).stream()).toList();
        if (all.stream().anyMatch(PodsReport::isFinding)) {
            return RunResult.FAILED;
        }
        boolean noCluster = unknown.stream().anyMatch(one -> one.fact().equals(Unavailable.CLUSTER));
        return all.stream().allMatch(PodsReport::isNote) && !noCluster ? RunResult.OK : RunResult.UNCHECKED;
    }

    /** The problems of a workflow, without what the caller of a template supplies. */
    public static List<Problem> shown(WorkflowFacts workflow) {
        return workflow.problems().stream()
                .filter(problem -> problem.kind() != Problem.Kind.CALLER_SUPPLIES)
                .toList();
    }

    /** Whether Argo, or the cluster, will object to it; else it could not be checked that far. */
    public static boolean isFinding(Problem problem) {
        return problem.kind() == Problem.Kind.MISSING_REFERENCE
                || problem.kind() == Problem.Kind.REFUSED
                || problem.kind() == Problem.Kind.NO_STATUS
                || problem.kind() == Problem.Kind.VERSION;
    }

    /** Returns whether the problem leaves no pod out: one stands for many, or a volume has only a name. */
    public static boolean isNote(Problem problem) {
        return problem.kind() == Problem.Kind.ABRIDGED || problem.kind() == Problem.Kind.NOT_OF_OWN_VOLUMES;
    }
}
