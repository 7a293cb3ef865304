package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a workflow as a page shows them, as plain data.
 *
 * @param nodes in the order of the workflow's status, at most {@link #MOST}
 * @param left how many more there are
 */
public record WorkflowGraph(String namespace, String name, String phase, String message, List<Node> nodes, int left) {

    /** As many nodes are kept and drawn. */
    public static final int MOST = 300;

    /**
     * One node.
     *
     * @param children ids
     * @param seconds how long it ran; -1 when it has not ended
     * @param causes titles of what stops it
     */
    public record Node(
            String id,
            String label,
            String type,
            String phase,
            String message,
            List<String> children,
            long seconds,
            List<String> causes) {

        public Node {
            children = List.copyOf(children);
            causes = List.copyOf(causes);
        }
    }

    public WorkflowGraph {
        nodes = List.copyOf(nodes);
    }

    /** @param diagnosis whose causes are shown at their nodes */
    public static WorkflowGraph of(WorkflowState workflow, Optional<Diagnosis> diagnosis) {
        List<Cause> causes = diagnosis.map(Diagnosis::causes).orElse(List.of());
        List<Node> nodes = new ArrayList<>();
        for (NodeState node : workflow.nodes().values()) {
            if (nodes.size() < MOST) {
                nodes.add(node(node, causes));
            }
        }
        return new WorkflowGraph(
                workflow.namespace(),
                workflow.name(),
                workflow.phase(),
                workflow.message(),
                nodes,
                workflow.nodes().size() - nodes.size());
    }

    private static Node node(NodeState node, List<Cause> causes) {
        return new Node(
                node.id(),
                node.displayName(),
                node.type(),
                node.phase(),
                node.message(),
                node.children(),
                node.started()
                        .flatMap(from -> node.finished()
                                .map(to -> Duration.between(from, to).toSeconds()))
                        .orElse(-1L),
                causes.stream()
                        .filter(cause -> cause.nodes().contains(node.displayName()))
                        .map(Cause::title)
                        .toList());
    }
}
