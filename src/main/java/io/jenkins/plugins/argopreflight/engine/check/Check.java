package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.util.List;

/**
 * One question to the facts. It does no I/O, throws on no Unknown, and turns none into PASS or FAIL: what it could not
 * check is a finding with outcome UNKNOWN. Its prose is {@code pages/<id>.md}.
 */
public interface Check {

    CheckInfo info();

    /** What is wrong or could not be reported; empty: all that it looked at is well. */
    List<Finding> check(Facts facts);

    /**
     * Whether something that it needs could not be checked and another check shows so: then no finding is UNKNOWN and
     * not PASS.
     */
    default boolean isBlind(Facts facts) {
        return false;
    }

    /** Whether there is anything here that it could judge; else it is SKIPPED. */
    default boolean applies(Facts facts) {
        return true;
    }
}
