package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.Map;

/**
 * Which pods of a workflow surely run at the same time, and which after others.
 *
 * @param widest how many of which pods, where most do
 * @param daemons for a pod that surely runs while daemons of earlier steps do: how many of which
 * @param order of the nodes
 */
public record Concurrency(Map<ArgoPod, Long> widest, Map<ArgoPod, ConcurrentPods> daemons, NodeOrder order) {

    public static final Concurrency NONE = new Concurrency(Map.of(), Map.of(), new NodeOrder());

    /** How many pods run at the widest place. */
    public long size() {
        return widest.values().stream().mapToLong(Long::longValue).sum();
    }
}
