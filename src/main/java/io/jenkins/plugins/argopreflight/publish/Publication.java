package io.jenkins.plugins.argopreflight.publish;

import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.report.Report;

/**
 * What leaves the build page, for readers who can have no account in Jenkins.
 *
 * @param id of the report in its build
 * @param name as headings have it
 * @param headline the counts in a line
 * @param verdict what the gates came to
 * @param why in a sentence that names nothing but checks; "" when it passed
 * @param report without the cluster's address
 * @param url of the report's page; relative where Jenkins knows no address of its own
 * @param details whether an administrator allows more than counts and checks outside Jenkins
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

    /** Whether it is the report that no one gave an id. */
    public boolean isDefault() {
        return id.equals(PreflightReportAction.DEFAULT_ID);
    }
}
