package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A check for pods whose nodeSelector has labels that no node has. Source: kubernetes
 * pkg/scheduler/framework/plugins/nodeaffinity.
 */
public final class NodeSelectorNoMatch extends Unschedulable {

    private static final int MAX_SHOWN_VALUES = 5;

    public NodeSelectorNoMatch() {
        super(
                CheckInfo.error("node-selector-no-match", "No node has the labels of a nodeSelector", Topic.CLUSTER)
                        .needing(Need.NODES, Need.CLUSTER_AUTOSCALER)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Obstacle.SELECTOR);
    }

    /**
     * Matches labels that the kubelet, the cloud or an autoscaler sets. Source:
     * https://kubernetes.io/docs/reference/labels-annotations-taints/, "Used on: Node".
     */
    private static final Pattern NODE_LABELS =
            Pattern.compile("(?:beta\\.)?kubernetes\\.io/(?:arch|os|hostname|instance-type)"
                    + "|(?:node|topology|failure-domain\\.beta)\\.kubernetes\\.io/.*|karpenter\\.(?:sh|k8s\\.aws|azure\\.com)/.*"
                    + "|(?:eks\\.amazonaws|cloud\\.google|kubernetes\\.azure)\\.com/.*");

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !item.pod().spec().path("nodeSelector").isEmpty();
    }

    @Override
    Finding check(StuckPod stuck) {
        Map<String, String> required = Json.strings(stuck.pod().spec().path("nodeSelector"));
        List<Map.Entry<String, String>> absent = required.entrySet().stream()
                .filter(label -> !label.getValue()
                        .equals(KubeObjects.labels(stuck.closestFit().node()).get(label.getKey())))
                .toList();
        String labels = String.join(
                ", ",
                absent.stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
        String hint = absent.stream()
                .map(each -> hint(each.getKey(), each.getValue(), stuck))
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> " " + text)
                .orElse("");
        return stuck.finding(
                        info(),
                        Places.of(stuck.workflow(), stuck.pod(), "spec.nodeSelector"),
                        "No node has label " + labels + " of the nodeSelector of " + stuck.description()
                                + ". Its pod stays Pending " + stuck.ending() + hint)
                .title("No node has label %s", labels)
                .fix(fixes(stuck, absent));
    }

    /**
     * Returns the fixes. No fix sets a label that describes the node itself, because pods would fail on a node with a
     * wrong label.
     */
    private static List<Fix> fixes(StuckPod stuck, List<Map.Entry<String, String>> absent) {
        String origin = stuck.pod().origin("spec.nodeSelector").toString();
        if (stuck.canGrow()) {
            return List.of(AskPerson.reader(
                    "check that a group of nodes can get one with the label, or correct or remove the selector at "
                            + origin));
        }
        if (absent.stream().anyMatch(each -> NODE_LABELS.matcher(each.getKey()).matches())) {
            return List.of(AskPerson.reader("correct or remove the selector at " + origin));
        }
        return List.of(
                RunCommands.of(Command.kubectl("label", "node")
                        .name("Node", stuck.closestFit().name())
                        .with(absent.stream()
                                .map(each -> Operand.label(each.getKey(), each.getValue()))
                                .toArray(Operand[]::new))),
                AskPerson.or("correct or remove the selector at " + origin));
    }

    /** Returns a hint about other values of the label, or about a label with a similar name. */
    private static Optional<String> hint(String key, String value, StuckPod stuck) {
        TreeSet<String> values = new TreeSet<>();
        TreeSet<String> keys = new TreeSet<>();
        for (NodeFit fit : stuck.nodes()) {
            Map<String, String> labels = KubeObjects.labels(fit.node());
            keys.addAll(labels.keySet());
            Optional.ofNullable(labels.get(key)).ifPresent(values::add);
        }
        if (!values.isEmpty()) {
            List<String> limited = values.stream().limit(MAX_SHOWN_VALUES).toList();
            return Optional.of("Nodes have " + key + "=" + String.join(", ", limited) + ".");
        }
        return SimilarNames.to(key, keys)
                .map(each -> "The nearest label is " + each + "="
                        + stuck.nodes().stream()
                                .map(NodeFit::node)
                                .map(ObjectNode.class::cast)
                                .map(node -> KubeObjects.labels(node).getOrDefault(each, ""))
                                .filter(text -> !text.isEmpty())
                                .findFirst()
                                .orElse(value)
                        + ".");
    }
}
