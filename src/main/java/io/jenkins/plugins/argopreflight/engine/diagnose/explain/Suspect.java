package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodNames;
import java.util.List;
import java.util.Optional;

/**
 * A node of the workflow that failed or does not go on; without a node, a pod or the workflow itself.
 *
 * @param retrying whether a retry of it is still to come
 */
record Suspect(Optional<NodeState> node, Optional<PodState> pod, boolean retrying) {

    static Suspect of(NodeState node, Optional<PodState> pod, boolean retrying) {
        return new Suspect(Optional.of(node), pod, retrying);
    }

    static Suspect of(PodState pod) {
        return new Suspect(Optional.empty(), Optional.of(pod), false);
    }

    /** The table's entry of a node that a deadline ended. */
    static final String DEADLINE = "deadline-exceeded";

    static final Suspect WORKFLOW = new Suspect(Optional.empty(), Optional.empty(), false);

    /** For {@link io.jenkins.plugins.argopreflight.engine.diagnose.Cause#nodes}; "" for none. */
    String shown() {
        return node.map(NodeState::displayName).orElse("");
    }

    /** Whether a deadline ended its node. */
    boolean isOverdue() {
        return node.filter(NodeState::isFailed)
                .flatMap(state -> SymptomTable.get().match(TextOrigin.NODE, state.message()))
                .filter(match -> match.entry().id().equals(DEADLINE))
                .isPresent();
    }

    /** Whether a user or a program ended its node. */
    boolean isStopped() {
        return node.filter(NodeState::isFailed).filter(NodeState::isShutDown).isPresent();
    }

    /** The name that its pod has or had; "" without a pod. */
    String podName(String workflow) {
        return pod.map(PodState::name)
                .or(() -> node.filter(state -> state.type().equals("Pod"))
                        .map(state -> PodNames.pod(workflow, state.name(), state.template())))
                .orElse("");
    }

    /** Names that its pod has or would have. */
    List<String> podNames(String workflow) {
        if (pod.isPresent()) {
            return List.of(pod.get().name());
        }
        if (node.isEmpty()) {
            return List.of();
        }
        NodeState state = node.get();
        if (state.isAgents()) {
            return List.of(workflow + "-1340600742-agent");
        }
        String hash = state.id().substring(state.id().lastIndexOf('-') + 1);
        return List.of(state.id(), workflow + "-" + state.template() + "-" + hash);
    }
}
