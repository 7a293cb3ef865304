package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notes of a diagnosis on its incomplete sources, and the facts that could not be read. */
public final class DiagnosisNotes {

    private enum Relevance {
        CAN_HIDE_CAUSE,
        MINOR
    }

    private static final Duration EVENT_RETENTION = Duration.ofHours(1);

    private DiagnosisNotes() {}

    /**
     * Returns sentences on the workflow's archived copy, nodes that could not be read, pods and events that no longer
     * exist, and a Lease that no controller renews.
     */
    public static List<String> notes(ObservedState observed) {
        List<String> notes = new ArrayList<>();
        Optional<WorkflowState> workflow = observed.state();
        if (workflow.isEmpty()) {
            return notes;
        }
        WorkflowState state = workflow.get();
        observed.archiveNote().ifKnown().filter(note -> !note.isEmpty()).ifPresent(notes::add);
        if (!state.unread().isEmpty()) {
            notes.add("The nodes of the workflow could not be read: " + state.unread() + ".");
        }
        if (observed.pods() instanceof Fact.Known<List<PodState>>) {
            Suspects suspects = new Suspects(state, new Templates(state), observed);
            long deletedPods = state.leaves().stream()
                    .filter(node -> node.type().equals("Pod")
                            && node.isFailed()
                            && !node.host().isEmpty())
                    .filter(node ->
                            suspects.pod(node).isEmpty() && node.finished().isPresent())
                    .map(NodeState::id)
                    .count();
            if (deletedPods > 0 && !state.phase().equals("Succeeded")) {
                notes.add((deletedPods == 1
                                ? "The pod of a failed node is"
                                : "The pods of " + deletedPods + " failed nodes are")
                        + " gone with all logs (podGC or deleted): messages of nodes and events were used instead.");
            }
        }
        if (!state.isEnded() && observed.controller().deployment().ifUnknown().isPresent()) {
            observed.staleLease()
                    .ifPresent(lease -> notes.add("No controller renews Lease " + lease.namespace() + "/" + lease.name()
                            + ": none runs, or its Deployment, which could not be read, has LEADER_ELECTION_DISABLE."));
        }
        boolean old = observed.isOlder(state.created(), EVENT_RETENTION);
        if (old && observed.allEvents().isEmpty() && observed.events() instanceof Fact.Known<?>) {
            notes.add("The cluster keeps events for one hour, and none of this workflow is left.");
        }
        return notes;
    }

    /** Returns the facts that could not be read. A workflow that does not exist is one of them. */
    public static List<Diagnosis.Unknown> unknown(ObservedState observed) {
        List<Diagnosis.Unknown> unknown = new ArrayList<>();
        String inNamespace = " in namespace " + observed.namespace();
        String workflow = "workflow " + observed.name() + inNamespace;
        add(unknown, workflow, observed.workflow(), Relevance.CAN_HIDE_CAUSE);
        if (observed.workflow().ifKnown().filter(Optional::isEmpty).isPresent()) {
            unknown.add(new Diagnosis.Unknown(
                    workflow,
                    "it does not exist: it was deleted, or was never created",
                    /* missingRight= */ "",
                    /* asked= */ true));
        }
        Relevance ofArchive = observed.state().isEmpty() ? Relevance.CAN_HIDE_CAUSE : Relevance.MINOR;
        add(unknown, workflow + " from Argo Server", observed.archiveNote(), ofArchive);
        add(unknown, "pods" + inNamespace, observed.pods(), Relevance.CAN_HIDE_CAUSE);
        add(unknown, "events" + inNamespace, observed.events(), Relevance.MINOR);
        add(unknown, "nodes", observed.nodes(), Relevance.MINOR);
        add(unknown, "quotas" + inNamespace, observed.quotas(), Relevance.MINOR);
        add(unknown, "claims" + inNamespace, observed.claims(), Relevance.MINOR);
        add(unknown, "the controller's Deployment", observed.controller().deployment(), Relevance.MINOR);
        add(unknown, "the controller's Lease", observed.controller().lease(), Relevance.MINOR);
        return unknown;
    }

    private static void add(List<Diagnosis.Unknown> unknown, String name, Fact<?> fact, Relevance relevance) {
        fact.ifUnknown()
                .ifPresent(unreadFact -> unknown.add(new Diagnosis.Unknown(
                        name,
                        unreadFact.reason(),
                        unreadFact.missingRight().map(Object::toString).orElse(""),
                        relevance == Relevance.CAN_HIDE_CAUSE)));
    }
}
