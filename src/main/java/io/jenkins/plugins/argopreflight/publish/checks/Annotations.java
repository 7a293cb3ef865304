package io.jenkins.plugins.argopreflight.publish.checks;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.report.FindingWords;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationBuilder;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import java.util.List;

/** Findings at the lines of the manifests in which they show. */
final class Annotations {

    /** GitHub takes 50 a request; the others are on the build page. */
    static final int MOST = 500;

    private static final int DETAILS = 16_000;

    private Annotations() {}

    /** The worst first; none for what stands in no file. */
    static List<ChecksAnnotation> of(Report report) {
        return report.findings().stream()
                .filter(finding ->
                        !finding.subject().file().isEmpty() && finding.subject().line() > 0)
                .limit(MOST)
                .map(Annotations::annotation)
                .toList();
    }

    private static ChecksAnnotation annotation(Finding finding) {
        ChecksAnnotationBuilder annotation = new ChecksAnnotationBuilder()
                .withPath(finding.subject().file())
                .withLine(finding.subject().line())
                .withAnnotationLevel(level(finding))
                .withTitle(finding.check() + ": " + FindingWords.object(finding.subject()))
                .withMessage(finding.message());
        String details = details(finding);
        return details.isEmpty()
                ? annotation.build()
                : annotation.withRawDetails(details).build();
    }

    private static ChecksAnnotationLevel level(Finding finding) {
        if (finding.severity() == Severity.NOTE || finding.outcome() == Outcome.UNKNOWN) {
            return ChecksAnnotationLevel.NOTICE;
        }
        return finding.outcome() == Outcome.FAIL ? ChecksAnnotationLevel.FAILURE : ChecksAnnotationLevel.WARNING;
    }

    private static String details(Finding finding) {
        StringBuilder details = new StringBuilder();
        finding.evidence().forEach(line -> details.append("> ").append(line).append('\n'));
        finding.remediation().forEach(block -> details.append(block).append('\n'));
        return details.length() > DETAILS ? details.substring(0, DETAILS) : details.toString();
    }
}
