package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;

/**
 * An executed node, with what it leaves to the nodes after it.
 *
 * @param pods the largest group of its pods that run at the same time, with the daemons that continue to run
 */
public record ExecutedNode(NodeOutputs outputs, ConcurrentPods pods) {

    public static final ExecutedNode NOTHING = withoutPods(NodeOutputs.NOTHING);

    public static ExecutedNode withoutPods(NodeOutputs outputs) {
        return new ExecutedNode(outputs, ConcurrentPods.NONE);
    }
}
