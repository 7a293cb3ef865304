package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The certainty that a node runs, the number of its runs, and the tolerance of its failure.
 *
 * @param conditions conditions of its execution that cannot be decided now
 * @param undecided number of conditions on the path to the node that cannot be decided now; an equal condition is
 *     counted each time
 * @param times number of runs, as far as loops are known
 * @param open whether the node can run more often, because of an unknown loop, or recursion
 */
public record Certainty(List<Condition> conditions, int undecided, long times, boolean open, Tolerance tolerance) {

    public static final Certainty ONCE =
            new Certainty(List.of(), /* undecided= */ 0, /* times= */ 1, /* open= */ false, Tolerance.NONE);

    /** Returns this certainty with one more condition of the execution. */
    public Certainty when(Condition condition) {
        if (conditions.contains(condition)) {
            return new Certainty(conditions, undecided + 1, times, open, tolerance);
        }
        List<Condition> newConditions = new ArrayList<>(conditions);
        newConditions.add(condition);
        return new Certainty(List.copyOf(newConditions), undecided + 1, times, open, tolerance);
    }

    /**
     * Returns this certainty with one more condition that cannot be decided, and that is true if all nodes before
     * succeed.
     */
    public Certainty withUndecided() {
        return new Certainty(conditions, undecided + 1, times, open, tolerance);
    }

    /** Returns this certainty for a node that a loop repeats. */
    public Certainty repeated(long number) {
        return new Certainty(conditions, undecided, Math.min(times * number, Integer.MAX_VALUE), open, tolerance);
    }

    /** Returns this certainty for a node that is repeated an unknown number of times. */
    public Certainty unknownTimes() {
        return new Certainty(conditions, undecided, times, /* open= */ true, tolerance);
    }

    public Certainty withTolerance(Tolerance other) {
        return new Certainty(conditions, undecided, times, open, other);
    }

    public Existence existence() {
        return new Existence(conditions, tolerance);
    }
}
