package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pods that surely run at the same time at the widest place of a node: side by side in a group of steps, at the same
 * depth of a dag, or in a loop, with the daemons of earlier steps. Not counted: what a condition can leave out, and what
 * holds a lock.
 *
 * @param pods how many of each
 * @param daemons those of them that run on until the steps or dag around the node ends
 */
public record ConcurrentPods(Map<ArgoPod, Long> pods, Map<ArgoPod, Long> daemons) {

    public static final ConcurrentPods NONE = new ConcurrentPods(Map.of(), Map.of());

    public static ConcurrentPods of(ArgoPod pod, boolean daemon) {
        Map<ArgoPod, Long> one = Map.of(pod, 1L);
        return new ConcurrentPods(one, daemon ? one : Map.of());
    }

    public long size() {
        return pods.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Pods side by side, added up. */
    public static final class Sum {

        private final Map<ArgoPod, Long> pods = new LinkedHashMap<>();
        private final Map<ArgoPod, Long> daemons = new LinkedHashMap<>();

        public void add(ConcurrentPods peak, long times) {
            add(pods, peak.pods, times);
            add(daemons, peak.daemons, times);
        }

        private static void add(Map<ArgoPod, Long> to, Map<ArgoPod, Long> more, long times) {
            more.forEach((pod, count) -> to.merge(pod, Math.min(count * times, Integer.MAX_VALUE), Long::sum));
        }

        public ConcurrentPods peak() {
            return pods.isEmpty() ? NONE : new ConcurrentPods(pods, daemons);
        }
    }

    /** Both at the same time. */
    public ConcurrentPods beside(ConcurrentPods other) {
        if (other.pods.isEmpty()) {
            return this;
        }
        Sum sum = new Sum();
        sum.add(other, 1);
        sum.add(this, 1);
        return sum.peak();
    }

    /** What is left of them when all but the daemons have ended. */
    public ConcurrentPods left() {
        return daemons.isEmpty() ? NONE : new ConcurrentPods(daemons, daemons);
    }

    /** The same where the daemons end too. */
    public ConcurrentPods ended() {
        return daemons.isEmpty() ? this : new ConcurrentPods(pods, Map.of());
    }

    public ConcurrentPods max(ConcurrentPods other) {
        return other.size() > size() ? other : this;
    }

    /** At most as many as {@code parallelism} says; 0 for any number. */
    public ConcurrentPods limited(long parallelism) {
        if (parallelism <= 0 || size() <= parallelism) {
            return this;
        }
        Map<ArgoPod, Long> fewer = new LinkedHashMap<>();
        long left = parallelism;
        for (Map.Entry<ArgoPod, Long> each : pods.entrySet()) {
            long taken = Math.min(left, each.getValue());
            left -= taken;
            if (taken > 0) {
                fewer.put(each.getKey(), taken);
            }
        }
        return new ConcurrentPods(fewer, Map.of());
    }
}
