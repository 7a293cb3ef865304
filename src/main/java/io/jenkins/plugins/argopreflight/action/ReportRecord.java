package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.report.Report;

/**
 * What a step wants to be kept of a preflight.
 *
 * @param id requested; another report of the build can have it already
 * @param name for headings; "" for the default
 * @param owner who records it: the same one records again only after a restart, in place of what it left
 * @param verdict what the gates came to
 */
public record ReportRecord(String id, String name, String owner, Verdict verdict, Report report, History history) {

    /** What a report came to in its build. */
    public enum Verdict {
        PASSED,
        UNSTABLE,
        FAILED
    }
}
