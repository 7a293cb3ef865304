package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.collect.node.Tolerations;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.List;

/** Every node has a taint that the pod does not tolerate; source: as Tolerations. */
public final class NodeTainted extends Unschedulable {

    public NodeTainted() {
        super("node-tainted", "Every node that would take a pod has a taint that it does not tolerate", Obstacle.TAINT);
    }

    @Override
    boolean asks(ArgoPod pod) {
        return true;
    }

    @Override
    Finding check(Stuck stuck) {
        String node = stuck.nearest().name();
        String taint = Tolerations.firstUntolerated(
                        stuck.pod().spec().path("tolerations"),
                        stuck.nearest().node().path("spec").path("taints"))
                .orElseThrow();
        boolean passing = taint.startsWith("node.kubernetes.io/");
        return Finding.fail(
                        info(),
                        Subject.of("Node", "", node, "spec.taints"),
                        "No node takes the pod of " + stuck.words() + ": node " + node + " has taint " + taint
                                + ", and the workflow has no toleration for it"
                                + (passing
                                        ? "; Kubernetes put it there because the node is not well."
                                        : ". The pod stays Pending for ever."))
                .fix(
                        passing
                                ? RunCommands.of(
                                        Command.kubectl("describe", "node").name("Node", node))
                                : ChangeField.to(Yaml.list(List.of(Yaml.tree(Tolerations.toleration(taint))))
                                                .under("tolerations"))
                                        .because("in the workflow's spec, or in the template:"))
                .fix(RunCommands.of(Command.kubectl("taint", "node")
                                .name("Node", node)
                                .with(Operand.joined(Operand.taint(taint), Operand.text("-"))))
                        .because("or take the taint away:"));
    }
}
