package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.preflight.Report;

/**
 * The data of a preflight that a step records in its build.
 *
 * @param id the requested id; the report gets another one if the id is taken
 * @param name the name for headings; "" for the default
 * @param owner the id of the step that records the report. If it records again, for example after a restart of
 *     Jenkins, the new report replaces the earlier one
 * @param verdict the result with {@code failOn} and {@code unstableOn}
 */
public record ReportRecord(String id, String name, String owner, Verdict verdict, Report report, History history) {

    /** The result of a report in its build. */
    public enum Verdict {
        PASSED,
        UNSTABLE,
        FAILED
    }
}
