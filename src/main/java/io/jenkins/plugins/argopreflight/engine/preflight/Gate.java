package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The least outcome with which a preflight fails: {@code --fail-on}, {@code failOn}. Notes are not counted. */
public enum Gate {
    /** Fails with a FAIL. */
    FAIL,
    /** Fails with a FAIL, and with a finding that is a FAIL on a condition. */
    CONDITIONAL,
    /** Fails with a FAIL or WARN. */
    WARN,
    /** Fails with a FAIL, WARN or UNKNOWN. */
    UNKNOWN,
    /** Never fails. */
    NEVER;

    /** Returns the gate with a name, in capitals or not; empty for another name. */
    public static Optional<Gate> of(String name) {
        return Stream.of(values())
                .filter(gate -> gate.name().equalsIgnoreCase(name.trim()))
                .findFirst();
    }

    /** Returns whether a finding makes a preflight fail; a note never does. */
    public boolean fails(Finding finding) {
        return finding.severity() != Severity.NOTE && counts(finding);
    }

    /**
     * Returns the result if no finding fails: a pull that could not be checked does not pass {@link #UNKNOWN}.
     *
     * @param ungated the result without a gate
     */
    public RunResult resultWithoutFailure(RunResult ungated, List<PullRow> pulls) {
        return hasUncheckedPull(pulls) ? RunResult.UNCHECKED : ungated;
    }

    /** Returns whether this gate is {@link #UNKNOWN} and one of the pulls could not be checked. */
    public boolean hasUncheckedPull(List<PullRow> pulls) {
        return this == UNKNOWN && pulls.stream().anyMatch(PullRow::isUnchecked);
    }

    /** Returns whether a finding has an outcome with which this gate fails. It can be a note. */
    public boolean counts(Finding finding) {
        Outcome outcome = finding.outcome();
        return switch (this) {
            case FAIL -> outcome == Outcome.FAIL;
            case CONDITIONAL -> outcome == Outcome.FAIL || finding.isFailOnCondition();
            case WARN -> outcome == Outcome.FAIL || outcome == Outcome.WARN;
            case UNKNOWN -> outcome == Outcome.FAIL || outcome == Outcome.WARN || outcome == Outcome.UNKNOWN;
            case NEVER -> false;
        };
    }
}
