package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import java.io.Serializable;

/** The numbers of a report's findings, for lists and trends, which do not read the report itself. */
public final class ReportCounts implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int failed;
    private final int warned;
    private final int unknown;
    private final int notes;
    private final int ignored;
    private final int fresh;
    private final int fixed;

    private ReportCounts(Report report, History history) {
        failed = count(report, ShownOutcome.FAIL);
        warned = count(report, ShownOutcome.WARN);
        unknown = count(report, ShownOutcome.UNKNOWN);
        // Notes about the run itself, and findings of checks with severity NOTE.
        notes = report.notes().size() + count(report, ShownOutcome.NOTE);
        ignored = report.ignored().size();
        fresh = history.fresh().size();
        fixed = history.fixed().size();
    }

    public static ReportCounts of(Report report, History history) {
        return new ReportCounts(report, history);
    }

    private static int count(Report report, ShownOutcome outcome) {
        return (int) report.findings().stream()
                .filter(finding -> ShownOutcome.of(finding) == outcome)
                .count();
    }

    public int failed() {
        return failed;
    }

    public int warned() {
        return warned;
    }

    public int unknown() {
        return unknown;
    }

    /** Returns the number of notes, which never fail a build. */
    public int notes() {
        return notes;
    }

    public int ignored() {
        return ignored;
    }

    /** Returns the number of findings that the reference build did not have. */
    public int fresh() {
        return fresh;
    }

    /** Returns the number of findings of the reference build that no longer exist. */
    public int fixed() {
        return fixed;
    }
}
