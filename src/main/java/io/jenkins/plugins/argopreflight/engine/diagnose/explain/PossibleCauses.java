package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import java.util.List;

/** Findings of the preflight on objects that hang without a message: possible causes, none of which is certain. */
final class PossibleCauses {

    private final Observed observed;
    private final WorkflowState workflow;
    private final Judged judged;
    private final CauseBuilder builder;

    PossibleCauses(Observed observed, WorkflowState workflow, Judged judged, CauseBuilder builder) {
        this.observed = observed;
        this.workflow = workflow;
        this.judged = judged;
        this.builder = builder;
    }

    /** Returns those of a node that is Pending for a minute; the preflight runs only where there is one. */
    List<Cause> ofNode(Suspect suspect) {
        return isSilent(suspect) ? of(suspect) : List.of();
    }

    /** Returns those of the workflow as a whole. */
    List<Cause> ofWorkflow() {
        return of(Suspect.WORKFLOW);
    }

    private List<Cause> of(Suspect suspect) {
        return Judged.failures(judged.ofWorkflow(), suspect.podNames(observed.name())).stream()
                .filter(finding -> !isAccepted(finding, suspect))
                .map(finding -> builder.possible(finding, suspect))
                .toList();
    }

    /** Returns whether the API server had no such objection: it has the workflow, and perhaps the pod. */
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
                && SymptomTable.get().waiting(node.message()).isEmpty()
                && (observed.captured() || observed.isOlder(node.started(), Hangs.SHORT));
    }
}
