package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;

/**
 * A check of the facts of a preflight: a description, which the subclass passes to the constructor of this class, and a
 * function from facts to findings. A check does no I/O and does not throw on an Unknown fact. Facts that it could not
 * check give a finding with outcome UNKNOWN, never PASS or FAIL. Its page is {@code pages/<id>.md}.
 */
public abstract class Check {

    private final CheckInfo info;

    protected Check(CheckInfo info) {
        this.info = info;
    }

    public final CheckInfo info() {
        return info;
    }

    /** Returns the problems and the facts that could not be checked; empty if everything that was checked is right. */
    public abstract List<Finding> check(Facts facts);

    /**
     * Returns whether a needed fact is unknown and another check reports this. If so, the outcome of this check is
     * UNKNOWN instead of PASS when it has no findings.
     */
    public boolean lacksFacts(Facts facts) {
        return false;
    }

    /** Returns whether the facts contain something to check; if not, the check is SKIPPED. */
    public boolean applies(Facts facts) {
        return true;
    }
}
