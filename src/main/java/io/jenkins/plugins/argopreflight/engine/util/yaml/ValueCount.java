package io.jenkins.plugins.argopreflight.engine.util.yaml;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;

/** A counter that charges a text and its values to the budget of the run while the text is read. */
final class ValueCount {

    /** The documents of a text take this fraction of the memory that reading it takes: a quarter. */
    private static final int READING_TO_KEPT = 4;

    private final Budget budget = Budget.current();
    private long charged;
    private long characters;

    void text(long length) {
        budget.charge(Limit.BYTES, length);
        characters += length;
    }

    void charge(long values) {
        budget.charge(Limit.NODES, values);
        charged += values;
    }

    /** Returns a part of the budget, since the text is read and its documents are compact. */
    void finishReading() {
        budget.giveBack(Limit.NODES, charged - charged / READING_TO_KEPT);
        charged /= READING_TO_KEPT;
    }

    /** Returns the whole budget, since no document is kept. */
    void releaseAll() {
        budget.giveBack(Limit.NODES, charged);
        budget.giveBack(Limit.BYTES, characters);
        charged = 0;
        characters = 0;
    }
}
