package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;

/** Good, bad, or not known: how a line is marked and painted. */
enum Tone {
    GOOD("✔ "),
    UNKNOWN("? "),
    BAD("✘ ");

    private final String mark;

    Tone(String mark) {
        this.mark = mark;
    }

    static Tone of(RunResult result) {
        return switch (result) {
            case OK -> GOOD;
            case UNCHECKED -> UNKNOWN;
            case FAILED -> BAD;
        };
    }

    static Tone of(Verdict verdict) {
        return verdict == Verdict.OK ? GOOD : verdict.isKnown() ? BAD : UNKNOWN;
    }

    String mark(Style style) {
        return paint(style, mark);
    }

    String paint(Style style, String text) {
        return switch (this) {
            case GOOD -> style.good(text);
            case UNKNOWN -> style.warn(text);
            case BAD -> style.bad(text);
        };
    }
}
