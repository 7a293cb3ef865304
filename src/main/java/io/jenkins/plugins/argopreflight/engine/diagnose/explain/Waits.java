package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Waiting;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The nodes of an unfinished workflow that wait or run as intended. */
final class Waits {

    private static final int MAX_SHOWN_WAITS = 20;
    private static final Set<String> SCALE_UP = Set.of("TriggeredScaleUp", "Nominated");

    private final ObservedState observed;
    private final WorkflowState workflow;
    private final SymptomTable table = SymptomTable.get();

    Waits(ObservedState observed, WorkflowState workflow) {
        this.observed = observed;
        this.workflow = workflow;
    }

    /** Returns whether an autoscaler starts a node of the cluster for the pod. */
    boolean isScalingUp(PodState pod) {
        return pod.host().isEmpty()
                && observed.eventsOf("Pod", pod.name()).stream().anyMatch(event -> SCALE_UP.contains(event.reason()));
    }

    /**
     * Returns the waits of the workflow and of its nodes.
     *
     * @param unfinished the unfinished nodes for which the diagnosis found no cause of a failure
     */
    List<Waiting> all(List<Suspect> unfinished) {
        List<Waiting> all = new ArrayList<>();
        if (workflow.isEnded()) {
            return all;
        }
        if (workflow.suspended()) {
            all.add(new Waiting("", "The workflow is suspended until it is resumed (argo resume).", ""));
        }
        if (workflow.isStopping()) {
            all.add(new Waiting(
                    "",
                    Visible.sentence(workflow.stoppedBy()) + " set spec.shutdown to " + workflow.shutdown()
                            + ": no node begins but those of an exit handler, and pods that run can write until they end.",
                    ""));
        }
        table.waitReason(workflow.message())
                .ifPresent(reason -> all.add(new Waiting("", reason, since(workflow.created()))));
        for (NodeState node : workflow.nodes().values()) {
            if (node.isUnfinished() && !node.isLeaf()) {
                table.waitReason(node.message())
                        .ifPresent(reason -> all.add(new Waiting(node.displayName(), reason, since(node.started()))));
            }
        }
        for (Suspect suspect : unfinished) {
            suspect.node()
                    .flatMap(node -> reason(node, suspect.pod()))
                    .ifPresent(reason -> all.add(new Waiting(
                            suspect.displayName(), reason, since(suspect.node().flatMap(NodeState::started)))));
        }
        if (all.size() > MAX_SHOWN_WAITS) {
            int omitted = all.size() - MAX_SHOWN_WAITS;
            all.subList(MAX_SHOWN_WAITS, all.size()).clear();
            all.add(new Waiting("", omitted + " further nodes wait or run.", ""));
        }
        return all;
    }

    private Optional<String> reason(NodeState node, Optional<PodState> pod) {
        if (node.type().equals("Suspend")) {
            return Optional.of("It is suspended until it is resumed (argo resume), or its duration is over.");
        }
        Optional<String> known = table.waitReason(node.message());
        if (known.isPresent()) {
            return known;
        }
        if (!node.lock().isEmpty()) {
            return Optional.of("It waits for lock " + node.lock() + ".");
        }
        if (pod.filter(this::isScalingUp).isPresent()) {
            return Optional.of("It waits for a node that an autoscaler is starting.");
        }
        if (node.phase().equals("Running")) {
            return Optional.of(
                    node.message().equals("pod deleted")
                            ? "It runs again: its pod was deleted, and Argo created it again."
                            : "It runs.");
        }
        return pod.filter(each -> !each.isEnded())
                .map(each -> runningInitContainer(each)
                        .map(container -> "Its init container " + container.name() + " runs.")
                        .orElse("Its pod is starting."));
    }

    /** Returns the running init container that is not one of Argo. */
    private static Optional<ContainerState> runningInitContainer(PodState pod) {
        return pod.containers().stream()
                .filter(ContainerState::isOwnInitRunning)
                .findFirst();
    }

    private static String since(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }
}
