package io.jenkins.plugins.argopreflight.publish;

import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.Report;

/**
 * What leaves the build page, for readers whom nobody asked who they are.
 *
 * @param id of the report in its build
 * @param name as headings have it
 * @param headline the counts in a line
 * @param verdict what the gates came to
 * @param why in a sentence; "" when it passed
 * @param report without the cluster's address
 * @param url of the report's page; relative where Jenkins knows no address of its own
 */
public record Publication(
        String id, String name, String headline, Verdict verdict, String why, Report report, String url) {

    public static Publication of(PreflightReportAction action, Verdict verdict, String why, Report report, String url) {
        return new Publication(
                action.getId(), action.getDisplayName(), action.headline(), verdict, why, Redacted.of(report), url);
    }

    /** Whether it is the report that nobody gave an id. */
    public boolean isDefault() {
        return id.equals(PreflightReportAction.DEFAULT_ID);
    }
}
