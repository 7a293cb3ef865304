package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import java.util.List;

/**
 * The report on the pods of workflows, their problems and the facts that could not be read.
 *
 * @param argo the version whose rules were used
 * @param configuration the source of the controller's settings; {@code ""} if they are unknown
 * @param unknown the facts that could not be read and can change the pods
 * @param apiCalls the number of requests to the cluster
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

    /** Returns FAILED if there is a problem, and UNCHECKED if a pod or the cluster could not be determined. */
    public RunResult result() {
        List<Problem> all =
                workflows.stream().flatMap(each -> shown(each).stream()).toList();
        if (all.stream().anyMatch(PodsReport::isFinding)) {
            return RunResult.FAILED;
        }
        boolean noCluster = unknown.stream().anyMatch(unavailable -> unavailable.isOf(Unavailable.Source.CLUSTER));
        return all.stream().allMatch(PodsReport::isNote) && !noCluster ? RunResult.OK : RunResult.UNCHECKED;
    }

    /** Returns the problems of a workflow, without the parts that the caller of a template supplies. */
    public static List<Problem> shown(WorkflowFacts workflow) {
        return workflow.problems().stream()
                .filter(problem -> problem.kind() != Problem.Kind.CALLER_SUPPLIES)
                .toList();
    }

    /**
     * Returns whether Argo or the cluster refuses the workflow for this problem. False if the problem is that it could
     * not be checked.
     */
    public static boolean isFinding(Problem problem) {
        return problem.kind() == Problem.Kind.MISSING_REFERENCE
                || problem.kind() == Problem.Kind.REFUSED
                || problem.kind() == Problem.Kind.REFUSED_BUDGET
                || problem.kind() == Problem.Kind.NO_STATUS
                || problem.kind() == Problem.Kind.VERSION;
    }

    /**
     * Returns whether the problem is only a note, since no pod is missing: a pod is shown for many, or a volume has
     * only a name.
     */
    public static boolean isNote(Problem problem) {
        return problem.kind() == Problem.Kind.ABRIDGED || problem.kind() == Problem.Kind.NOT_OF_OWN_VOLUMES;
    }
}
