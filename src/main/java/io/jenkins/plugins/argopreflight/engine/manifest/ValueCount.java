package io.jenkins.plugins.argopreflight.engine.manifest;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;

/** Charges the values of one text to the run while it is read. */
final class ValueCount {

    /** What was read takes a quarter of the memory that reading it took. */
    private static final int READ = 4;

    private final Budget budget = Budget.current();
    private long charged;

    void charge(long values) {
        budget.charge(Limit.NODES, values);
        charged += values;
    }

    /** The text is read, and what is kept of it is compact. */
    void isRead() {
        budget.giveBack(Limit.NODES, charged - charged / READ);
        charged = 0;
    }
}
