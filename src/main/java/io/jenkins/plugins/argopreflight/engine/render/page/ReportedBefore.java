package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import java.util.Comparator;
import java.util.List;

/** A sentence on what the preflight before a run reported about the cause of the run's failure. */
public final class ReportedBefore {

    private ReportedBefore() {}

    /** Returns the sentence: the preflight's finding, or the reason why it has none. */
    public static String sentence(Cause cause, Report report) {
        List<Finding> sameCheck = report.all().stream()
                .filter(finding -> finding.check().equals(cause.check()))
                .sorted(Comparator.comparing(finding -> !isAbout(finding, cause)))
                .toList();
        for (Finding finding : sameCheck) {
            if (finding.outcome() != Outcome.UNKNOWN) {
                return "The preflight reported this: " + finding.title() + " (" + ShownOutcome.of(finding) + ", "
                        + FindingLabels.object(finding.subject()) + ").";
            }
        }
        if (!sameCheck.isEmpty()) {
            return "The preflight could not check this: " + sameCheck.get(0).title() + ".";
        }
        return report.ignored().stream()
                .filter(ignored -> ignored.finding().check().equals(cause.check()))
                .findFirst()
                .map(ignored -> "The preflight found this, and a suppression left it out"
                        + (ignored.reason().isEmpty() ? "." : ": " + ignored.reason() + "."))
                .orElseGet(() -> unreported(cause, report));
    }

    private static String unreported(Cause cause, Report report) {
        return report.checks().stream()
                .filter(row -> row.id().equals(cause.check()))
                .findFirst()
                .map(row -> switch (row.outcome()) {
                    case UNKNOWN -> "The preflight could not check this.";
                    case SKIPPED -> "The preflight did not check this.";
                    default -> "The preflight checked this and found no problem.";
                })
                .orElse("The preflight has no check for this.");
    }

    private static boolean isAbout(Finding finding, Cause cause) {
        return finding.subject().kind().equals(cause.subject().kind())
                && finding.subject().name().equals(cause.subject().name());
    }
}
