package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How sure it is that a node runs, how often, and what its failure comes to.
 *
 * @param conditions what must hold first and cannot be decided now
 * @param undecided how many such conditions were met on the way, the same one counted each time
 * @param times how often, as far as loops are known
 * @param open whether it can run more often than that: an unknown loop, or recursion
 */
public record Certainty(List<Condition> conditions, int undecided, long times, boolean open, Tolerance tolerance) {

    public static final Certainty ONCE = new Certainty(List.of(), 0, 1, false, Tolerance.NONE);

    public Certainty when(Condition condition) {
        if (conditions.contains(condition)) {
            return new Certainty(conditions, undecided + 1, times, open, tolerance);
        }
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new Certainty(List.copyOf(more), undecided + 1, times, open, tolerance);
    }

    /** What is undecided, and does not keep it from running when everything before it succeeds. */
    public Certainty undecidedly() {
        return new Certainty(conditions, undecided + 1, times, open, tolerance);
    }

    public Certainty repeated(long number) {
        return new Certainty(conditions, undecided, Math.min(times * number, Integer.MAX_VALUE), open, tolerance);
    }

    public Certainty unknownTimes() {
        return new Certainty(conditions, undecided, times, true, tolerance);
    }

    public Certainty tolerating(Tolerance other) {
        return new Certainty(conditions, undecided, times, open, other);
    }

    public Existence existence() {
        return new Existence(conditions, tolerance);
    }
}
