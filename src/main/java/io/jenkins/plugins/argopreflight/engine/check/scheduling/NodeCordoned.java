package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;

/**
 * A check for pods that only cordoned nodes could run. Source: kubernetes
 * pkg/scheduler/framework/plugins/nodeunschedulable.
 */
public final class NodeCordoned extends Unschedulable {

    public NodeCordoned() {
        super(
                CheckInfo.error("node-cordoned", "Every node that could run a pod is cordoned", Topic.CLUSTER)
                        .needing(Need.NODES, Need.CLUSTER_AUTOSCALER)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Obstacle.CORDONED);
    }

    @Override
    Finding check(StuckPod stuck) {
        String node = stuck.closestFit().name();
        return stuck.finding(
                        info(),
                        Subject.of("Node", "", node, "spec.unschedulable"),
                        "Node " + node + " could run the pod of " + stuck.description()
                                + ", but is cordoned (spec.unschedulable). The pod stays Pending until the node is"
                                + " uncordoned"
                                + (stuck.canGrow()
                                        ? ", or an autoscaler adds one that fits" + stuck.autoscalerDoubt()
                                        : "."))
                .title("Node %s is cordoned, and no other can run the pod", node)
                .fix(RunCommands.of(Command.kubectl("uncordon").name("Node", node)));
    }
}
