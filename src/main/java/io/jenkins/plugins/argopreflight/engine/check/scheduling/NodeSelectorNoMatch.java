package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** No node has the labels of a pod's nodeSelector; source: kubernetes pkg/scheduler/framework/plugins/nodeaffinity. */
public final class NodeSelectorNoMatch extends Unschedulable {

    public NodeSelectorNoMatch() {
        super("node-selector-no-match", "No node has the labels of a nodeSelector", Obstacle.SELECTOR);
    }

    /**
     * Labels that the kubelet, the cloud or an autoscaler sets. Source:
     * https://kubernetes.io/docs/reference/labels-annotations-taints/, "Used on: Node".
     */
    private static final Pattern OF_NODE =
            Pattern.compile("(?:beta\\.)?kubernetes\\.io/(?:arch|os|hostname|instance-type)"
                    + "|(?:node|topology|failure-domain\\.beta)\\.kubernetes\\.io/.*|karpenter\\.(?:sh|k8s\\.aws|azure\\.com)/.*"
                    + "|(?:eks\\.amazonaws|cloud\\.google|kubernetes\\.azure)\\.com/.*");

    @Override
    boolean asks(ArgoPod pod) {
        return !pod.spec().path("nodeSelector").isEmpty();
    }

    @Override
    Finding check(Stuck stuck) {
        Map<String, String> wanted = Objects.strings(stuck.pod().spec().path("nodeSelector"));
        List<Map.Entry<String, String>> absent = wanted.entrySet().stream()
                .filter(label -> !label.getValue()
                        .equals(Objects.labels(stuck.nearest().node()).get(label.getKey())))
                .toList();
        String labels = String.join(
                ", ",
                absent.stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
        String near = absent.stream()
                .map(each -> near(each.getKey(), each.getValue(), stuck))
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> " " + text)
                .orElse("");
        return stuck.finding(
                        info(),
                        Places.of(stuck.workflow(), stuck.pod(), "spec.nodeSelector"),
                        "No node has label " + labels + " of the nodeSelector of " + stuck.description()
                                + ". Its pod stays Pending " + stuck.ending() + near)
                .title("No node has label %s", labels)
                .fix(fixes(stuck, absent));
    }

    /** A node's own labels say what it is: to write others there makes pods fail on it. */
    private static List<Fix> fixes(Stuck stuck, List<Map.Entry<String, String>> absent) {
        String origin = stuck.pod().origin("spec.nodeSelector").toString();
        if (stuck.canGrow()) {
            return List.of(AskPerson.reader(
                    "check that a group of nodes can get one with the label, or correct or remove the selector at "
                            + origin));
        }
        if (absent.stream().anyMatch(each -> OF_NODE.matcher(each.getKey()).matches())) {
            return List.of(AskPerson.reader("correct or remove the selector at " + origin));
        }
        return List.of(
                RunCommands.of(Command.kubectl("label", "node")
                        .name("Node", stuck.nearest().name())
                        .with(absent.stream()
                                .map(each -> Operand.label(each.getKey(), each.getValue()))
                                .toArray(Operand[]::new))),
                AskPerson.reader("or correct or remove the selector at " + origin));
    }

    /** Another value of the label, or a label that is spelt nearly so. */
    private static Optional<String> near(String key, String value, Stuck stuck) {
        TreeSet<String> values = new TreeSet<>();
        TreeSet<String> keys = new TreeSet<>();
        for (NodeFit fit : stuck.nodes()) {
            Map<String, String> labels = Objects.labels(fit.node());
            keys.addAll(labels.keySet());
            Optional.ofNullable(labels.get(key)).ifPresent(values::add);
        }
        if (!values.isEmpty()) {
            List<String> shown = values.stream().limit(5).toList();
            return Optional.of("Nodes have " + key + "=" + String.join(", ", shown) + ".");
        }
        return Nearest.to(key, keys)
                .map(each -> "The nearest label is " + each + "="
                        + stuck.nodes().stream()
                                .map(NodeFit::node)
                                .map(ObjectNode.class::cast)
                                .map(node -> Objects.labels(node).getOrDefault(each, ""))
                                .filter(text -> !text.isEmpty())
                                .findFirst()
                                .orElse(value)
                        + ".");
    }
}
