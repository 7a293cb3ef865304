package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeSelectors;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.TreeSet;

/**
 * A check for pods whose required node affinity no node matches. Source: kubernetes
 * pkg/scheduler/framework/plugins/nodeaffinity.
 */
public final class NodeAffinityNoMatch extends Unschedulable {

    private static final int MAX_SHOWN_LABELS = 10;

    public NodeAffinityNoMatch() {
        super(
                CheckInfo.error(
                                "node-affinity-no-match",
                                "No node matches the node affinity that a pod requires",
                                Topic.CLUSTER)
                        .needing(Need.NODES, Need.CLUSTER_AUTOSCALER)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Obstacle.AFFINITY);
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return NodeSelectors.required(item.pod().spec()).isArray();
    }

    @Override
    Finding check(StuckPod stuck) {
        JsonNode terms = NodeSelectors.required(stuck.pod().spec());
        TreeSet<String> nodeLabels = new TreeSet<>();
        for (JsonNode term : terms) {
            for (String field : List.of("matchExpressions", "matchFields")) {
                for (JsonNode expression : term.path(field)) {
                    String key = Json.text(expression, "key");
                    stuck.nodes()
                            .forEach(fit -> KubeObjects.labels(fit.node())
                                    .forEach((label, value) ->
                                            addIf(label.equals(key), nodeLabels, label + "=" + value)));
                }
            }
        }
        String hint = nodeLabels.isEmpty()
                ? " No node has such a label."
                : " Nodes have " + String.join(", ", nodeLabels) + ".";
        return stuck.finding(
                        info(),
                        Places.of(stuck.workflow(), stuck.pod(), "spec.affinity"),
                        "No node matches the required node affinity of " + stuck.description() + " ("
                                + NodeSelectors.text(terms) + "). Its pod stays Pending " + stuck.ending() + hint)
                .title("No node matches the node affinity of %s", stuck.description())
                .fix(
                        RunCommands.of(Command.kubectl("get", "nodes", "--show-labels"))
                                .because("show the labels of the nodes:"),
                        AskPerson.reader("then correct nodeSelectorTerms at "
                                + stuck.pod().origin("spec.affinity")
                                + ", or use preferredDuringSchedulingIgnoredDuringExecution"));
    }

    private static void addIf(boolean condition, TreeSet<String> labels, String text) {
        if (condition && labels.size() < MAX_SHOWN_LABELS) {
            labels.add(text);
        }
    }
}
