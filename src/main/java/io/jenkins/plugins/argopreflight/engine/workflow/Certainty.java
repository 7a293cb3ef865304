package io.jenkins.plugins.argopreflight.engine.workflow;

import java.util.ArrayList;
import java.util.List;

/**
 * How sure it is that a node runs, and how often.
 *
 * @param conditions what must hold first and cannot be told now, in the workflow's words
 * @param times how often, as far as loops are known
 * @param open whether it may run more often than that: an unknown loop, or recursion
 */
record Certainty(List<String> conditions, long times, boolean open) {

    static final Certainty ONCE = new Certainty(List.of(), 1, false);

    Certainty when(String condition) {
        if (condition.isEmpty() || conditions.contains(condition)) {
            return this;
        }
        List<String> more = new ArrayList<>(conditions);
        more.add(condition);
        return new Certainty(List.copyOf(more), times, open);
    }

    Certainty repeated(long number) {
        return new Certainty(conditions, Math.min(times * number, Integer.MAX_VALUE), open);
    }

    Certainty unknownTimes() {
        return new Certainty(conditions, times, true);
    }
}
