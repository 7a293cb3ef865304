package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The least outcome with which a preflight fails: {@code --fail-on}, {@code failOn}. Notes never count. */
public enum Gate {
    /** Any FAIL. */
    FAIL,
    /** Any FAIL, and what is a FAIL on a condition. */
    CONDITIONAL,
    /** Any FAIL or WARN. */
    WARN,
    /** Any FAIL, WARN or UNKNOWN. */
    UNKNOWN,
    /** Nothing: the report is for reading. */
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
     * Returns the result where no finding fails: a pull that could not be checked does not pass {@link #UNKNOWN}.
     *
     * @param ungated the result without a gate
     */
    public RunResult passed(RunResult ungated, List<PullRow> pulls) {
        return isOpen(pulls) ? RunResult.UNCHECKED : ungated;
    }

    /** Returns whether it counts what could not be checked, and one of these pulls could not be. */
    public boolean isOpen(List<PullRow> pulls) {
        return this == UNKNOWN && pulls.stream().anyMatch(PullRow::isOpen);
    }

    /** Returns whether a finding makes a preflight fail, be it a note or not. */
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
