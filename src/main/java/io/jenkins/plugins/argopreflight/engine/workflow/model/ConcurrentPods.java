package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pods that surely run at the same time at the widest place of a node: side by side in a group of steps, at the same
 * depth of a dag, or in a loop. Not counted: what a condition can leave out, and what holds a lock.
 */
public record ConcurrentPods(Map<ArgoPod, Long> pods) {

    public static final ConcurrentPods NONE = new ConcurrentPods(Map.of());

    public static ConcurrentPods of(ArgoPod pod) {
        return new ConcurrentPods(Map.of(pod, 1L));
    }

    long size() {
        return pods.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Pods side by side, added up. */
    public static final class Sum {

        private final Map<ArgoPod, Long> pods = new LinkedHashMap<>();

        public void add(ConcurrentPods peak, long times) {
            peak.pods.forEach((pod, count) -> pods.merge(pod, Math.min(count * times, Integer.MAX_VALUE), Long::sum));
        }

        public ConcurrentPods peak() {
            return pods.isEmpty() ? NONE : new ConcurrentPods(pods);
        }
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
        return new ConcurrentPods(fewer);
    }
}
