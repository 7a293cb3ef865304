package io.jenkins.plugins.argopreflight.engine.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pods that surely run at the same time at the widest place of a node: side by side in a group of steps, at the same
 * depth of a dag, or in a loop. Not counted: what a condition may leave out, and what holds a lock.
 */
record Peak(Map<ArgoPod, Long> pods) {

    static final Peak NONE = new Peak(Map.of());

    static Peak of(ArgoPod pod) {
        return new Peak(Map.of(pod, 1L));
    }

    long size() {
        return pods.values().stream().mapToLong(Long::longValue).sum();
    }

    Peak plus(Peak other) {
        Map<ArgoPod, Long> both = new LinkedHashMap<>(pods);
        other.pods.forEach((pod, count) -> both.merge(pod, count, Long::sum));
        return new Peak(both);
    }

    Peak times(long number) {
        Map<ArgoPod, Long> more = new LinkedHashMap<>();
        pods.forEach((pod, count) -> more.put(pod, Math.min(count * number, Integer.MAX_VALUE)));
        return new Peak(more);
    }

    Peak max(Peak other) {
        return other.size() > size() ? other : this;
    }

    /** At most as many as {@code parallelism} says; 0 for any number. */
    Peak limited(long parallelism) {
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
        return new Peak(fewer);
    }
}
