package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines that report changes of nodes: one for each change, or a summary of many. */
final class NodeChanges {

    /** The number of changes that are reported one by one after one event. */
    private static final int MAX_LINES_AT_ONCE = 40;

    /**
     * The number of lines on one workflow after which only failed nodes are reported one by one, up to twice this
     * number.
     */
    private static final int MAX_LINES = 1000;

    private static final Set<String> SILENT = Set.of("StepGroup", "TaskGroup");

    private final RunRecord record;
    private String lastSummary = "";

    NodeChanges(RunRecord record) {
        this.record = record;
    }

    /** Returns lines about the changes since the last call. */
    List<String> lines(WorkflowState workflow) {
        List<NodeState> changed = new ArrayList<>();
        for (NodeState node : workflow.nodes().values()) {
            if (!node.phase().equals(record.nodes.put(node.id(), node.phase())) && !SILENT.contains(node.type())) {
                changed.add(node);
            }
        }
        List<String> lines = new ArrayList<>();
        boolean all = changed.size() <= MAX_LINES_AT_ONCE && record.lines + changed.size() <= MAX_LINES;
        for (NodeState node : changed) {
            if (all || node.isFailed() && record.lines < 2 * MAX_LINES && lines.size() < MAX_LINES_AT_ONCE) {
                lines.add(line(node));
                record.lines++;
            }
        }
        String summary = summary(workflow);
        if (!all && !summary.equals(lastSummary)) {
            lines.add(summary);
            lastSummary = summary;
        }
        return lines;
    }

    private static String line(NodeState node) {
        String message = node.message().isEmpty() ? "" : ": " + Visible.sentence(node.message());
        return Visible.line(node.displayName() + " (" + node.type() + ") " + node.phase())
                + (message.length() > 500 ? message.substring(0, 500) + " …" : message);
    }

    private static String summary(WorkflowState workflow) {
        return workflow.nodes().size() + " nodes: "
                + counts(workflow).entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** Returns the number of nodes in each phase. */
    static Map<String, Integer> counts(WorkflowState workflow) {
        Map<String, Integer> counts = new TreeMap<>();
        workflow.nodes()
                .values()
                .forEach(node -> counts.merge(node.phase().isEmpty() ? "Pending" : node.phase(), 1, Integer::sum));
        return counts;
    }
}
