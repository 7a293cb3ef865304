package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The largest group of pods of a node that certainly run at the same time: in a group of steps, at the same depth of a
 * dag, or in a loop, with the daemons of earlier steps. Pods that depend on a condition or on a lock are not counted.
 *
 * @param pods number of each pod
 * @param daemons number of each of these pods that runs until the steps or dag that contains the node ends
 */
public record ConcurrentPods(Map<ArgoPod, Long> pods, Map<ArgoPod, Long> daemons) {

    public static final ConcurrentPods NONE = new ConcurrentPods(Map.of(), Map.of());

    /** Returns the group of one pod, which ends with its node. */
    public static ConcurrentPods of(ArgoPod pod) {
        return new ConcurrentPods(Map.of(pod, 1L), Map.of());
    }

    /** Returns the group of one daemon, which continues to run after its node. */
    public static ConcurrentPods ofDaemon(ArgoPod daemon) {
        Map<ArgoPod, Long> one = Map.of(daemon, 1L);
        return new ConcurrentPods(one, one);
    }

    public long size() {
        return pods.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A sum of groups of pods that run at the same time. */
    public static final class Sum {

        private final Map<ArgoPod, Long> pods = new LinkedHashMap<>();
        private final Map<ArgoPod, Long> daemons = new LinkedHashMap<>();

        public void add(ConcurrentPods peak, long times) {
            add(pods, peak.pods, times);
            add(daemons, peak.daemons, times);
        }

        private static void add(Map<ArgoPod, Long> sum, Map<ArgoPod, Long> addend, long times) {
            addend.forEach((pod, count) -> sum.merge(pod, Math.min(count * times, Integer.MAX_VALUE), Long::sum));
        }

        public ConcurrentPods peak() {
            return pods.isEmpty() ? NONE : new ConcurrentPods(pods, daemons);
        }
    }

    /** Returns the pods of both groups, which run at the same time. */
    public ConcurrentPods plus(ConcurrentPods other) {
        if (other.pods.isEmpty()) {
            return this;
        }
        Sum sum = new Sum();
        sum.add(other, 1);
        sum.add(this, 1);
        return sum.peak();
    }

    /** Returns the daemons, which continue to run after the other pods. */
    public ConcurrentPods daemonsOnly() {
        return daemons.isEmpty() ? NONE : new ConcurrentPods(daemons, daemons);
    }

    /** Returns this group, of which no pod continues to run: its daemons end with it. */
    public ConcurrentPods withoutDaemons() {
        return daemons.isEmpty() ? this : new ConcurrentPods(pods, Map.of());
    }

    /** Returns the larger group. */
    public ConcurrentPods max(ConcurrentPods other) {
        return other.size() > size() ? other : this;
    }

    /** Returns this group with at most {@code parallelism} pods; 0 is no limit. */
    public ConcurrentPods limited(long parallelism) {
        if (parallelism <= 0 || size() <= parallelism) {
            return this;
        }
        Map<ArgoPod, Long> fewer = new LinkedHashMap<>();
        long remaining = parallelism;
        for (Map.Entry<ArgoPod, Long> each : pods.entrySet()) {
            long count = Math.min(remaining, each.getValue());
            remaining -= count;
            if (count > 0) {
                fewer.put(each.getKey(), count);
            }
        }
        return new ConcurrentPods(fewer, Map.of());
    }
}
