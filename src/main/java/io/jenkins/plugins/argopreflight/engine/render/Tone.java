package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;

/** The class of a result, which decides the mark and the colour of a line. */
public enum Tone {
    GOOD("✔ "),
    UNKNOWN("? "),
    BAD("✘ ");

    private static final String WARNING_MARK = "! ";

    private final String mark;

    Tone(String mark) {
        this.mark = mark;
    }

    /** Returns the mark of a report's verdict. If the build passes but a check failed, the mark is a warning. */
    public static String mark(Report report, Style style) {
        Tone tone = of(report.result());
        boolean fails = report.findings().stream().anyMatch(finding -> finding.outcome() == Outcome.FAIL);
        return tone == GOOD && fails ? style.warn(WARNING_MARK) : tone.mark(style);
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
