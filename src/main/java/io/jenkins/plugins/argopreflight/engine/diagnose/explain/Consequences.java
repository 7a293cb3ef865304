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

/** What nodes and the workflow say only because of a cause. */
final class Consequences {

    private static final int SHOWN = 20;

    private Consequences() {}

    static List<Consequence> of(WorkflowState workflow, List<Cause> causes, SymptomTable table) {
        List<Consequence> all = new ArrayList<>();
        if (causes.isEmpty()) {
            return all;
        }
        Set<String> said = said(workflow, causes);
        if (!workflow.message().isEmpty() && said.add(workflow.message())) {
            all.add(new Consequence("", Texts.shown(workflow.message())));
        }
        for (NodeState node : workflow.nodes().values()) {
            boolean follows = !node.isLeaf()
                    || table.isConsequence(node.message()) && !node.type().equals("Container");
            if (node.isFailed()
                    && follows
                    && !node.message().isEmpty()
                    && all.size() < SHOWN
                    && said.add(node.message())) {
                all.add(new Consequence(node.displayName(), Texts.shown(node.message())));
            }
        }
        return all;
    }

    /** What the causes show already: their evidence, and the messages of their nodes where Argo repeats those above. */
    private static Set<String> said(WorkflowState workflow, List<Cause> causes) {
        Set<String> direct = new HashSet<>();
        Set<String> shown = new HashSet<>();
        for (Cause cause : causes) {
            direct.addAll(cause.nodes());
            cause.evidence().forEach(evidence -> shown.add(evidence.text()));
        }
        Set<String> said = new HashSet<>();
        workflow.nodes().values().stream()
                .filter(node -> node.isLeaf() && direct.contains(node.displayName()))
                .forEach(node -> {
                    said.add(node.message());
                    said.add(node.message().replaceFirst(": $", ""));
                });
        Stream.concat(
                        Stream.of(workflow.message()),
                        workflow.nodes().values().stream().map(NodeState::message))
                .filter(message -> shown.contains(Texts.shown(message)))
                .forEach(said::add);
        return said;
    }
}
