package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
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
     * Returns the possible causes for a node that reports no reason and does not run a minute after it was created;
     * empty for another node.
     */
    List<IdentifiedCause> ofNode(Suspect suspect) {
        return isSilent(suspect) ? possibleCauses(suspect) : List.of();
    }

    /** Returns the possible causes for the workflow as a whole. */
    List<IdentifiedCause> ofWorkflow() {
        return possibleCauses(Suspect.WORKFLOW);
    }

    private List<IdentifiedCause> possibleCauses(Suspect suspect) {
        return PreflightFindings.failures(findings.ofWorkflow(), suspect.podNames(observed.name())).stream()
                .filter(finding -> !isAccepted(finding, suspect))
                .map(finding -> builder.possibleCause(finding, suspect))
                .toList();
    }

    /**
     * Returns whether the API server has accepted the object despite the finding. The workflow exists, so that a
     * finding about its submission is disproved, unless it is about pods. An existing pod disproves a finding of
     * admission.
     */
    private static boolean isAccepted(Finding finding, Suspect suspect) {
        boolean submission = Checks.isOfSubmission(finding.check());
        boolean admission = submission || SymptomTable.get().isOfAdmission(finding.check());
        return (submission && finding.pods().isEmpty())
                || (admission && suspect.pod().isPresent());
    }

    /**
     * Returns whether a node should run by now, and shows no reason why it does not. The age of a node in a captured
     * state is not known, so it is not checked.
     */
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
