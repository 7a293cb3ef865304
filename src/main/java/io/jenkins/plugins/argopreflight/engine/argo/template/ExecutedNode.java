package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;

/**
 * An executed node, with its outputs for later nodes.
 *
 * @param pods the largest group of the node's pods that run at the same time, with the daemons that continue to run
 */
public record ExecutedNode(NodeOutputs outputs, ConcurrentPods pods) {

    public static final ExecutedNode NOTHING = withoutPods(NodeOutputs.NOTHING);

    public static ExecutedNode withoutPods(NodeOutputs outputs) {
        return new ExecutedNode(outputs, ConcurrentPods.NONE);
    }
}
