package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import java.util.List;

/** The findings of the preflight for objects that hang without a message: possible causes, none of which is certain. */
final class PossibleCauses {

    private final ObservedState observed;
    private final WorkflowState workflow;
    private final PreflightFindings findings;
    private final CauseBuilder builder;

    PossibleCauses(ObservedState observed, WorkflowState workflow, PreflightFindings findings, CauseBuilder builder) {
        this.observed = observed;
        this.workflow = workflow;
        this.findings = findings;
        this.builder = builder;
    }

    /**
     * Returns the possible causes for a node that does not run a minute after it was created and reports no reason; none
     * for another node. The preflight runs only if there is such a node.
     */
    List<Cause> ofNode(Suspect suspect) {
        return isSilent(suspect) ? of(suspect) : List.of();
    }

    /** Returns the possible causes for the workflow as a whole. */
    List<Cause> ofWorkflow() {
        return of(Suspect.WORKFLOW);
    }

    private List<Cause> of(Suspect suspect) {
        return PreflightFindings.failures(findings.ofWorkflow(), suspect.podNames(observed.name())).stream()
                .filter(finding -> !isAccepted(finding, suspect))
                .map(finding -> builder.possible(finding, suspect))
                .toList();
    }

    /**
     * Returns whether the API server has accepted the object despite the finding: the workflow exists, and for findings
     * of admission the pod too.
     */
    private static boolean isAccepted(Finding finding, Suspect suspect) {
        boolean submission = Checks.isOfSubmission(finding.check());
        boolean admission = submission || SymptomTable.get().isOfAdmission(finding.check());
        return submission && finding.pods().isEmpty()
                || admission && suspect.pod().isPresent();
    }

    private boolean isSilent(Suspect suspect) {
        NodeState node = suspect.node().orElseThrow();
        return !workflow.suspended()
                && !workflow.isStopping()
                && !node.type().equals("Suspend")
                && !node.phase().equals("Running")
                && node.lock().isEmpty()
                && SymptomTable.get().waitReason(node.message()).isEmpty()
                && (observed.captured() || observed.isOlder(node.started(), HangDetector.SHORT_TIME));
    }
}
