package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;

/** The outcome of a finding in reports for readers. A finding that never fails a build is a note. */
public enum ShownOutcome {
    FAIL,
    WARN,
    /** Something could not be checked, whatever the severity of the finding is. */
    UNKNOWN,
    /** The finding never fails a build. */
    NOTE;

    /** Returns the name in style sheets. */
    public String label() {
        return Label.of(this);
    }

    /** Returns the outcome of a finding, whose name reports show. */
    public static ShownOutcome of(Finding finding) {
        boolean isNote = finding.severity() == Severity.NOTE;
        return switch (finding.outcome()) {
            case FAIL -> isNote ? NOTE : FAIL;
            case WARN -> isNote ? NOTE : WARN;
            case UNKNOWN -> UNKNOWN;
            // A finding has neither: they are outcomes of a check.
            case PASS, SKIPPED -> NOTE;
        };
    }
}
