package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a diagnosis is gone, and what could not be read. */
public final class Remarks {

    private static final Duration EVENTS_KEPT = Duration.ofHours(1);

    private Remarks() {}

    /** What is gone, and what was used in its place. */
    public static List<String> notes(Observed observed) {
        List<String> notes = new ArrayList<>();
        Optional<WorkflowState> workflow = observed.state();
        if (workflow.isEmpty()) {
            return notes;
        }
        WorkflowState state = workflow.get();
        observed.archive().ifKnown().filter(note -> !note.isEmpty()).ifPresent(notes::add);
        if (!state.unread().isEmpty()) {
            notes.add("The nodes of the workflow could not be read: " + state.unread() + ".");
        }
        if (observed.pods() instanceof Fact.Known<List<PodState>>) {
            Suspects suspects = new Suspects(state, new Templates(state), observed);
            long gone = state.leaves().stream()
                    .filter(node -> node.type().equals("Pod")
                            && node.isFailed()
                            && !node.host().isEmpty())
                    .filter(node ->
                            suspects.pod(node).isEmpty() && node.finished().isPresent())
                    .map(NodeState::id)
                    .count();
            if (gone > 0 && !state.phase().equals("Succeeded")) {
                notes.add((gone == 1 ? "The pod of a failed node is" : "The pods of " + gone + " failed nodes are")
                        + " gone with all logs (podGC or deleted): messages of nodes and events were used instead.");
            }
        }
        if (!state.isEnded() && observed.controller().deployment().ifUnknown().isPresent()) {
            observed.staleLease()
                    .ifPresent(lease -> notes.add("No controller renews Lease " + lease.namespace() + "/" + lease.name()
                            + ": none runs, or its Deployment, which could not be read, has LEADER_ELECTION_DISABLE."));
        }
        boolean old = observed.isOlder(state.created(), EVENTS_KEPT);
        if (old && observed.allEvents().isEmpty() && observed.events() instanceof Fact.Known<?>) {
            notes.add("The cluster keeps events for one hour, and none of this workflow is left.");
        }
        return notes;
    }

    /** What could not be read; a workflow that does not exist is among it. */
    public static List<Diagnosis.Unknown> unknown(Observed observed) {
        List<Diagnosis.Unknown> unknown = new ArrayList<>();
        String in = " in namespace " + observed.namespace();
        String workflow = "workflow " + observed.name() + in;
        add(unknown, workflow, observed.workflow(), true);
        if (observed.workflow().ifKnown().filter(Optional::isEmpty).isPresent()) {
            unknown.add(new Diagnosis.Unknown(
                    workflow, "it does not exist: it was deleted, or was never created", "", true));
        }
        boolean needed = observed.state().isEmpty();
        add(unknown, workflow + " from Argo Server", observed.archive(), needed);
        add(unknown, "pods" + in, observed.pods(), true);
        add(unknown, "events" + in, observed.events(), false);
        add(unknown, "nodes", observed.nodes(), false);
        add(unknown, "quotas" + in, observed.quotas(), false);
        add(unknown, "claims" + in, observed.claims(), false);
        add(unknown, "the controller's Deployment", observed.controller().deployment(), false);
        add(unknown, "the controller's Lease", observed.controller().lease(), false);
        return unknown;
    }

    private static void add(List<Diagnosis.Unknown> unknown, String what, Fact<?> fact, boolean asked) {
        fact.ifUnknown()
                .ifPresent(none -> unknown.add(new Diagnosis.Unknown(
                        what,
                        none.reason(),
                        none.missingRight().map(Object::toString).orElse(""),
                        asked)));
    }
}
