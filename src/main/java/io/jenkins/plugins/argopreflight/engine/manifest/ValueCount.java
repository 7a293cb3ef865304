package io.jenkins.plugins.argopreflight.engine.manifest;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;

/** Charges one text and its values to the run while it is read. */
final class ValueCount {

    /** What was read takes a quarter of the memory that reading it took. */
    private static final int READ = 4;

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

    /** The text is read, and what is kept of it is compact. */
    void isRead() {
        budget.giveBack(Limit.NODES, charged - charged / READ);
        charged /= READ;
    }

    /** Nothing is kept of it. */
    void isGone() {
        budget.giveBack(Limit.NODES, charged);
        budget.giveBack(Limit.BYTES, characters);
        charged = 0;
        characters = 0;
    }
}
