package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import java.util.List;
import java.util.Optional;

/**
 * A node of the workflow that failed or does not continue; without a node, a pod or the workflow itself.
 *
 * @param retrying whether a retry of the node follows
 */
record Suspect(Optional<NodeState> node, Optional<PodState> pod, boolean retrying) {

    static Suspect of(NodeState node, Optional<PodState> pod, boolean retrying) {
        return new Suspect(Optional.of(node), pod, retrying);
    }

    /** Returns a node that is not retried. */
    static Suspect of(NodeState node, Optional<PodState> pod) {
        return of(node, pod, /* retrying= */ false);
    }

    static Suspect of(PodState pod) {
        return new Suspect(Optional.empty(), Optional.of(pod), /* retrying= */ false);
    }

    /** The id of the table's entry for a node that a deadline ended. */
    static final String DEADLINE = "deadline-exceeded";

    static final Suspect WORKFLOW = new Suspect(Optional.empty(), Optional.empty(), /* retrying= */ false);

    /**
     * Returns the name for {@link io.jenkins.plugins.argopreflight.engine.diagnose.Cause#nodes}; {@code ""} without a
     * node.
     */
    String displayName() {
        return node.map(NodeState::displayName).orElse("");
    }

    /** Returns whether a deadline ended the node. */
    boolean isOverdue() {
        return node.filter(NodeState::isFailed)
                .flatMap(state -> SymptomTable.get().match(TextOrigin.NODE, state.message()))
                .filter(match -> match.entry().id().equals(DEADLINE))
                .isPresent();
    }

    /** Returns whether a user or a program stopped the node. */
    boolean isStopped() {
        return node.filter(NodeState::isFailed).filter(NodeState::isShutDown).isPresent();
    }

    /** Returns the name that the pod has or had; {@code ""} if there is no pod. */
    String podName(String workflow) {
        return pod.map(PodState::name)
                .or(() -> node.filter(state -> state.type().equals("Pod"))
                        .map(state -> PodNames.pod(workflow, state.name(), state.template())))
                .orElse("");
    }

    /** Returns the names that the pod has, or can have in the versions of Argo. */
    List<String> podNames(String workflow) {
        if (pod.isPresent()) {
            return List.of(pod.get().name());
        }
        if (node.isEmpty()) {
            return List.of();
        }
        NodeState state = node.get();
        if (state.isRunByAgent()) {
            // Argo writes the FNV-1a hash of "agent" into the name.
            return List.of(workflow + "-1340600742-agent");
        }
        String hash = state.id().substring(state.id().lastIndexOf('-') + 1);
        return List.of(state.id(), workflow + "-" + state.template() + "-" + hash);
    }
}
