package io.jenkins.plugins.argopreflight.action.publish;

import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;

/**
 * A report for places outside Jenkins, whose readers possibly have no account in Jenkins.
 *
 * @param id id of the report in its build
 * @param name name of the report for headings
 * @param headline numbers of findings, in one line
 * @param verdict the result with {@code failOn} and {@code unstableOn}
 * @param why a sentence that contains no names except those of checks; "" if the report passed
 * @param report the report without the cluster's address
 * @param url URL of the report's page; relative if Jenkins has no root URL
 * @param details whether an administrator allows details of findings outside Jenkins
 */
public record Publication(
        String id,
        String name,
        String headline,
        Verdict verdict,
        String why,
        Report report,
        String url,
        boolean details) {

    public static Publication of(
            PreflightReportAction action, Verdict verdict, String why, Report report, String url, boolean details) {
        return new Publication(
                action.getId(),
                action.getDisplayName(),
                action.headline(),
                verdict,
                why,
                Redacted.of(report),
                url,
                details);
    }

    /** Returns whether the report has the default id. */
    public boolean isDefault() {
        return id.equals(PreflightReportAction.DEFAULT_ID);
    }
}
