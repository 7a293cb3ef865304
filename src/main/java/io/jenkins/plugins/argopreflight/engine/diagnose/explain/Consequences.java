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

/** What nodes and the workflow say only because of a cause. */
final class Consequences {

    private static final int SHOWN = 20;

    private Consequences() {}

    static List<Consequence> of(WorkflowState workflow, List<Cause> causes, SymptomTable table) {
        List<Consequence> all = new ArrayList<>();
        if (causes.isEmpty()) {
            return all;
        }
        Set<String> direct = new HashSet<>();
        causes.forEach(cause -> direct.addAll(cause.nodes()));
        if (!workflow.message().isEmpty() && !isSaid(workflow.message(), causes)) {
            all.add(new Consequence("", Texts.shown(workflow.message())));
        }
        Set<String> said = new HashSet<>(List.of(workflow.message()));
        for (NodeState node : workflow.nodes().values()) {
            boolean follows = node.isFailed() && !node.message().isEmpty() && said.add(node.message());
            if (follows
                    && all.size() < SHOWN
                    && (table.isConsequence(node.message()) || !direct.contains(node.displayName()))
                    && !isSaid(node.message(), causes)) {
                all.add(new Consequence(node.displayName(), Texts.shown(node.message())));
            }
        }
        return all;
    }

    private static boolean isSaid(String message, List<Cause> causes) {
        String shown = Texts.shown(message);
        return causes.stream()
                .flatMap(cause -> cause.evidence().stream())
                .anyMatch(evidence -> evidence.text().equals(shown));
    }
}
