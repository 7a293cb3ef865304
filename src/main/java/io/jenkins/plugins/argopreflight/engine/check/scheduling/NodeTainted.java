package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.facts.node.Tolerations;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Taint;
import java.util.List;

/**
 * A check for pods that do not tolerate the taints of any node that could run them. Source:
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
public final class NodeTainted extends Unschedulable {

    private enum Cause implements CauseKind {
        PROBLEM_OF_THE_NODE
    }

    public NodeTainted() {
        super(
                CheckInfo.error(
                                "node-tainted",
                                "Every node that could run a pod has a taint that it does not tolerate",
                                Topic.CLUSTER)
                        .needing(Need.NODES, Need.CLUSTER_AUTOSCALER)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Obstacle.TAINT);
    }

    @Override
    CauseKind cause(StuckPod stuck) {
        return stuck.closestFit().isTemporary() ? Cause.PROBLEM_OF_THE_NODE : Obstacle.TAINT;
    }

    @Override
    Finding check(StuckPod stuck) {
        String node = stuck.closestFit().name();
        Taint taint = stuck.closestFit().taint();
        boolean isTemporary = stuck.closestFit().isTemporary();
        return stuck.finding(
                        info(),
                        Subject.of("Node", "", node, "spec.taints"),
                        "Node " + node + " has taint " + taint + ", which the pod of " + stuck.description()
                                + " does not tolerate, and no other node can run it. "
                                + (isTemporary
                                        ? "Kubernetes set the taint because the node has a problem"
                                                + (stuck.canGrow() ? ". The pod stays Pending " + stuck.ending() : ".")
                                        : "The pod stays Pending " + stuck.ending()))
                .title("The pod does not tolerate taint %s", taint.toString())
                .fix(
                        isTemporary
                                ? List.of(RunCommands.of(
                                        Command.kubectl("describe", "node").name("Node", node)))
                                : List.of(
                                        Places.inSpec(
                                                        stuck.workflow(),
                                                        Yaml.list(List.of(Yaml.tree(Tolerations.toleration(taint))))
                                                                .under("tolerations"))
                                                .because("in the workflow, or below the template:"),
                                        RunCommands.of(Command.kubectl("taint", "node")
                                                        .name("Node", node)
                                                        .with(Operand.joined(Operand.taint(taint), Operand.text("-"))))
                                                .or("remove the taint:")));
    }
}
