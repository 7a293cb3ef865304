package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Consequence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The messages of nodes and of the workflow that are effects of a cause. */
final class Consequences {

    private static final int MAX_CONSEQUENCES = 20;

    private Consequences() {}

    static List<Consequence> of(WorkflowState workflow, List<Cause> causes, SymptomTable table) {
        List<Consequence> all = new ArrayList<>();
        if (causes.isEmpty()) {
            return all;
        }
        Set<String> reported = reportedByCauses(workflow, causes);
        if (!workflow.message().isEmpty() && reported.add(workflow.message())) {
            all.add(new Consequence("", Texts.shortened(workflow.message())));
        }
        for (NodeState node : workflow.nodes().values()) {
            // The Pod node of a container set repeats the result of its Container nodes.
            boolean isEffect = !node.isLeaf()
                    || table.isConsequence(node.message()) && !node.type().equals("Container");
            if (node.isFailed()
                    && isEffect
                    && !node.message().isEmpty()
                    && all.size() < MAX_CONSEQUENCES
                    && reported.add(node.message())) {
                all.add(new Consequence(node.displayName(), Texts.shortened(node.message())));
            }
        }
        return all;
    }

    /**
     * Returns the messages that the causes already contain: their evidence, and the messages of their nodes, which Argo
     * repeats in other nodes.
     */
    private static Set<String> reportedByCauses(WorkflowState workflow, List<Cause> causes) {
        Set<String> causeNodes = new HashSet<>();
        Set<String> evidenceTexts = new HashSet<>();
        for (Cause cause : causes) {
            causeNodes.addAll(cause.nodes());
            cause.evidence().forEach(evidence -> evidenceTexts.add(evidence.text()));
        }
        Set<String> reported = new HashSet<>();
        workflow.nodes().values().stream()
                .filter(node -> node.isLeaf() && causeNodes.contains(node.displayName()))
                .forEach(node -> {
                    reported.add(node.message());
                    // A Container node without a detail has "main: Error (exit code 6): ". Its Pod node and the
                    // workflow repeat the message without the last colon.
                    reported.add(node.message().replaceFirst(": $", ""));
                });
        Stream.concat(
                        Stream.of(workflow.message()),
                        workflow.nodes().values().stream().map(NodeState::message))
                .filter(message -> evidenceTexts.contains(Texts.shortened(message)))
                .forEach(reported::add);
        return reported;
    }
}
