package io.jenkins.plugins.argopreflight.engine.workflow;

import java.util.ArrayList;
import java.util.List;

/**
 * How sure it is that a node runs, and how often.
 *
 * @param conditions what must hold first and cannot be told now, in the workflow's words
 * @param undecided how many such conditions were met on the way, the same one counted each time
 * @param times how often, as far as loops are known
 * @param open whether it may run more often than that: an unknown loop, or recursion
 */
record Certainty(List<String> conditions, int undecided, long times, boolean open) {

    static final Certainty ONCE = new Certainty(List.of(), 0, 1, false);

    Certainty when(String condition) {
        if (conditions.contains(condition)) {
            return new Certainty(conditions, undecided + 1, times, open);
        }
        List<String> more = new ArrayList<>(conditions);
        more.add(condition);
        return new Certainty(List.copyOf(more), undecided + 1, times, open);
    }

    Certainty repeated(long number) {
        return new Certainty(conditions, undecided, Math.min(times * number, Integer.MAX_VALUE), open);
    }

    Certainty unknownTimes() {
        return new Certainty(conditions, undecided, times, true);
    }
}
