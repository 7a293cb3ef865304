package io.jenkins.plugins.argopreflight.action.publish;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import java.util.List;

/**
 * The content of a check at a commit. Its readers need no account in Jenkins. Therefore, without details it contains no
 * messages and no names of objects, hosts, images or users.
 *
 * @param text GitHub's Markdown
 */
record CheckContent(String title, String summary, String text, List<Note> notes) {

    /** The maximum number of notes. GitHub accepts 50 in a request; the build page has all findings. */
    static final int MAX_NOTES = 500;

    /**
     * The maximum length of the text, in characters. It exceeds the limits of all services, which cut the text
     * themselves.
     */
    private static final int MAX_TEXT_LENGTH = 200_000;

    private static final int MAX_DETAILS_LENGTH = 16_000;

    /** The severity of a note. */
    enum Level {
        FAILURE,
        WARNING,
        NOTICE
    }

    /**
     * A finding at the line of its manifest.
     *
     * @param details the evidence and the fix; "" for none
     */
    record Note(String path, int line, Level level, String title, String message, String details) {}

    static CheckContent of(Publication publication) {
        Report report = publication.report();
        return new CheckContent(
                publication.headline(),
                summary(publication),
                cut(publication.details() ? new Markdown().renderBody(report) : new CheckCounts().render(report)),
                notes(report, publication.details()));
    }

    /**
     * Returns the reason of the verdict. For a report that passed, returns its summary, or the title if details are not
     * published.
     */
    private static String summary(Publication publication) {
        if (!publication.why().isEmpty()) {
            return publication.why();
        }
        return publication.details() ? Summary.of(publication.report()) : publication.headline();
    }

    /** Returns a note for each finding in a file, most severe first. Without details, equal notes appear once. */
    private static List<Note> notes(Report report, boolean details) {
        return report.findings().stream()
                .filter(finding ->
                        !finding.subject().file().isEmpty() && finding.subject().line() > 0)
                .map(finding -> details ? detailed(finding) : brief(finding))
                .distinct()
                .limit(MAX_NOTES)
                .toList();
    }

    private static Note brief(Finding finding) {
        String summary = CheckCounts.summary(finding.check());
        return note(finding, finding.check(), summary.isEmpty() ? finding.check() : summary, "");
    }

    private static Note detailed(Finding finding) {
        StringBuilder details = new StringBuilder();
        finding.evidence().forEach(line -> details.append("> ").append(line).append('\n'));
        finding.remediation().forEach(block -> details.append(block).append('\n'));
        details.append(ConsequenceLines.of(finding).text());
        return note(
                finding,
                finding.title(),
                FindingLabels.object(finding.subject()) + "\n" + finding.detail(),
                details.length() > MAX_DETAILS_LENGTH ? details.substring(0, MAX_DETAILS_LENGTH) : details.toString());
    }

    private static Note note(Finding finding, String title, String message, String details) {
        return new Note(finding.subject().file(), finding.subject().line(), level(finding), title, message, details);
    }

    private static Level level(Finding finding) {
        if (finding.severity() == Severity.NOTE || finding.outcome() == Outcome.UNKNOWN) {
            return Level.NOTICE;
        }
        return finding.outcome() == Outcome.FAIL ? Level.FAILURE : Level.WARNING;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT_LENGTH
                ? text
                : text.substring(0, MAX_TEXT_LENGTH) + "\n\n" + Messages.CheckContent_cut() + "\n";
    }
}
