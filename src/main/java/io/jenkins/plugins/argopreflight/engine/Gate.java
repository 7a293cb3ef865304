package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;

/** From which outcome on a preflight fails: {@code --fail-on}, {@code failOn}. Notes never count. */
public enum Gate {
    /** Any FAIL. */
    FAIL,
    /** Any FAIL or WARN. */
    WARN,
    /** Any FAIL, WARN or UNKNOWN. */
    UNKNOWN,
    /** Nothing: the report is for reading. */
    NEVER;

    /** Whether a finding of this outcome makes a preflight fail. */
    public boolean counts(Outcome outcome) {
        return switch (this) {
            case FAIL -> outcome == Outcome.FAIL;
            case WARN -> outcome == Outcome.FAIL || outcome == Outcome.WARN;
            case UNKNOWN -> outcome == Outcome.FAIL || outcome == Outcome.WARN || outcome == Outcome.UNKNOWN;
            case NEVER -> false;
        };
    }
}
