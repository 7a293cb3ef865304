package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The nodes of a workflow as a page shows them, as plain data. What a controller or a program wrote is visible text.
 *
 * @param nodes in the order of the workflow's status, at most {@link #MOST}: those that failed come before those that run,
 *     and these before all others
 * @param left how many more there are
 */
public record WorkflowGraph(String namespace, String name, String phase, String message, List<Node> nodes, int left) {

    /** As many nodes are kept and drawn. */
    public static final int MOST = 300;

    /**
     * One node.
     *
     * @param children ids
     * @param started in UTC; "" when it has not
     * @param seconds how long it ran; -1 when it has not ended
     * @param causes titles of what stops it
     * @param log what its lines in the log begin with, in brackets; "" when there are none
     */
    public record Node(
            String id,
            String label,
            String type,
            String phase,
            String message,
            List<String> children,
            String started,
            long seconds,
            List<String> causes,
            String log) {

        public Node {
            children = List.copyOf(children);
            causes = List.copyOf(causes);
            // A build of an earlier version kept neither.
            started = started == null ? "" : started;
            log = log == null ? "" : log;
        }

        /** When it started, as hours, minutes and seconds in UTC; "" when it has not. */
        public String clock() {
            return started.substring(started.indexOf('T') + 1).replace("Z", "");
        }

        boolean isFailed() {
            return phase.equals("Failed") || phase.equals("Error") || !causes.isEmpty();
        }
    }

    public WorkflowGraph {
        nodes = List.copyOf(nodes);
    }

    /** Without logs. */
    public static WorkflowGraph of(WorkflowState workflow, Optional<Diagnosis> diagnosis) {
        return of(workflow, diagnosis, node -> "");
    }

    /**
     * The graph of a workflow.
     *
     * @param diagnosis whose causes are shown at their nodes
     * @param logs what the lines of a node begin with in the log; "" when there are none
     */
    public static WorkflowGraph of(
            WorkflowState workflow, Optional<Diagnosis> diagnosis, Function<NodeState, String> logs) {
        List<Cause> causes = diagnosis.map(Diagnosis::causes).orElse(List.of());
        Map<String, Integer> layers = GraphLayers.of(workflow.nodes().values().stream()
                .collect(Collectors.toMap(NodeState::id, NodeState::children, (one, other) -> one)));
        List<Node> all = workflow.nodes().values().stream()
                .sorted(Comparator.comparing((NodeState node) -> node.started().orElse(Instant.MAX))
                        .thenComparing(node -> layers.get(node.id())))
                .map(node -> node(node, causes, logs.apply(node)))
                .toList();
        Set<String> shown = all.stream()
                .sorted(Comparator.comparingInt(WorkflowGraph::rank))
                .limit(MOST)
                .map(Node::id)
                .collect(Collectors.toSet());
        List<Node> nodes =
                all.stream().filter(node -> shown.contains(node.id())).toList();
        return new WorkflowGraph(
                workflow.namespace(),
                workflow.name(),
                Visible.line(workflow.phase()),
                Visible.line(workflow.message()),
                nodes,
                workflow.nodes().size() - nodes.size());
    }

    /** The node with which a failure began: one with a cause, else one that failed and none of its children; empty for none. */
    Optional<Node> firstFailed() {
        Set<String> failed = nodes.stream().filter(Node::isFailed).map(Node::id).collect(Collectors.toSet());
        return nodes.stream()
                .filter(Node::isFailed)
                .min(Comparator.comparing((Node node) -> node.causes().isEmpty())
                        .thenComparing(node -> node.children().stream().anyMatch(failed::contains)));
    }

    /** The message of the node with which a failure began, where no cause of it is known; "" without one. */
    public String failure() {
        return firstFailed()
                .filter(node -> node.causes().isEmpty() && !node.message().isEmpty())
                .map(node -> node.label() + ": " + node.message())
                .orElse(message);
    }

    private static int rank(Node node) {
        return node.isFailed()
                ? 0
                : node.phase().equals("Running") ? 1 : node.phase().equals("Pending") ? 2 : 3;
    }

    private static Node node(NodeState node, List<Cause> causes, String log) {
        return new Node(
                node.id(),
                Visible.line(node.displayName()),
                Visible.line(node.type()),
                Visible.line(node.phase()),
                Visible.line(node.message()),
                node.children(),
                node.started()
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(""),
                node.started()
                        .flatMap(from -> node.finished()
                                .map(to -> Duration.between(from, to).toSeconds()))
                        .orElse(-1L),
                causes.stream()
                        .filter(cause -> cause.nodes().contains(node.displayName()))
                        .map(cause -> Visible.line(cause.title()))
                        .toList(),
                log);
    }
}
