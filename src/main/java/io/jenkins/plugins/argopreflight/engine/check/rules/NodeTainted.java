package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.collect.node.Tolerations;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;

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
                                ? "kubectl describe node " + node
                                : "# in the workflow's spec, or in the template:\ntolerations:\n- "
                                        + Tolerations.toleration(taint))
                .fix("# or take the taint away:\nkubectl taint node " + node + " " + taint + "-");
    }
}
