package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;

/** Good, bad, or not known: how a line is marked and painted. */
public enum Tone {
    GOOD("✔ "),
    UNKNOWN("? "),
    BAD("✘ ");

    private static final String PASSED_OVER = "! ";

    private final String mark;

    Tone(String mark) {
        this.mark = mark;
    }

    /** The mark before a report's verdict: a failure that no gate counts is not good. */
    public static String mark(Report report, Style style) {
        Tone tone = of(report.result());
        boolean fails = report.findings().stream().anyMatch(finding -> finding.outcome() == Outcome.FAIL);
        return tone == GOOD && fails ? style.warn(PASSED_OVER) : tone.mark(style);
    }

    public static Tone of(RunResult result) {
        return switch (result) {
            case OK -> GOOD;
            case UNCHECKED -> UNKNOWN;
            case FAILED -> BAD;
        };
    }

    public static Tone of(Verdict verdict) {
        return verdict == Verdict.OK ? GOOD : verdict.isKnown() ? BAD : UNKNOWN;
    }

    public String mark(Style style) {
        return paint(style, mark);
    }

    public String paint(Style style, String text) {
        return switch (this) {
            case GOOD -> style.good(text);
            case UNKNOWN -> style.warn(text);
            case BAD -> style.bad(text);
        };
    }
}
