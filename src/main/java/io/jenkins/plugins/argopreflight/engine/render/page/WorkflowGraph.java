package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
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
 * The nodes of a workflow as data of a page. Texts of controllers and programs are made visible.
 *
 * @param nodes at most {@link #MAX_NODES} nodes in order of their start; failed nodes are kept first, then running
 *     nodes, then pending nodes
 * @param left the number of nodes that were left out
 */
public record WorkflowGraph(String namespace, String name, String phase, String message, List<Node> nodes, int left) {

    /** The maximum number of nodes that are kept and drawn. */
    public static final int MAX_NODES = 300;

    /**
     * A node of the graph.
     *
     * @param children ids of the child nodes
     * @param started the start in UTC; "" if it has not started
     * @param seconds the duration; -1 if it has not ended
     * @param causes titles of the causes of its failure
     * @param log the prefix of its lines in the log, in brackets; "" if there are none
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
            // Builds of earlier versions have neither field.
            started = started == null ? "" : started;
            log = log == null ? "" : log;
        }

        /** Returns the time of the start as hours, minutes and seconds in UTC; "" if it has not started. */
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

    /** Returns the graph of a workflow, without prefixes of log lines. */
    public static WorkflowGraph of(WorkflowState workflow, Optional<Diagnosis> diagnosis) {
        return of(workflow, diagnosis, node -> "");
    }

    /**
     * Returns the graph of a workflow.
     *
     * @param diagnosis the diagnosis whose causes are shown at their nodes
     * @param logs the prefix of a node's lines in the log; "" if there are none
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
                .limit(MAX_NODES)
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

    /**
     * Returns the node where a failure began: a node with a cause, or else a failed node without failed children; empty
     * for none.
     */
    Optional<Node> firstFailed() {
        Set<String> failed = nodes.stream().filter(Node::isFailed).map(Node::id).collect(Collectors.toSet());
        return nodes.stream()
                .filter(Node::isFailed)
                .min(Comparator.comparing((Node node) -> node.causes().isEmpty())
                        .thenComparing(node -> node.children().stream().anyMatch(failed::contains)));
    }

    /**
     * Returns the message of the node where a failure began if its cause is not known, otherwise the message of the
     * workflow.
     */
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
