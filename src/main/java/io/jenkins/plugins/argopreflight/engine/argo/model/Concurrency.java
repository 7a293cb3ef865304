package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.Map;

/**
 * The pods of a workflow that certainly run at the same time, and the order of its nodes.
 *
 * @param widest the largest group of pods that run at the same time: the number of instances of each pod
 * @param daemons for each pod that certainly runs, the daemons of earlier steps that run at the same time
 * @param order the order of the nodes
 */
public record Concurrency(Map<ArgoPod, Long> widest, Map<ArgoPod, ConcurrentPods> daemons, NodeOrder order) {

    public static final Concurrency NONE = new Concurrency(Map.of(), Map.of(), new NodeOrder());

    /** Returns the number of pods in the largest group. */
    public long size() {
        return widest.values().stream().mapToLong(Long::longValue).sum();
    }
}
