package io.jenkins.plugins.argopreflight.publish.checks;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.render.FindingWords;
import io.jenkins.plugins.argopreflight.engine.render.FollowerLines;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.publish.Messages;
import io.jenkins.plugins.argopreflight.publish.Publication;
import java.util.List;

/**
 * What a check at the commit shows. Its readers need no account in Jenkins, so without details it holds no name of an
 * object, a host, an image or a user, and no message.
 *
 * @param text GitHub's Markdown
 */
record CheckContent(String title, String summary, String text, List<Note> notes) {

    /** GitHub takes 50 a request; the others are on the build page. */
    static final int MOST = 500;

    /** Longer than any of these services accepts; they cut it themselves. */
    private static final int TEXT = 200_000;

    private static final int DETAILS = 16_000;

    /** How serious a note is. */
    enum Level {
        FAILURE,
        WARNING,
        NOTICE
    }

    /**
     * A finding at the line of its manifest.
     *
     * @param details "" for none
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

    /** Returns the reason of the verdict; where it passed, the title is all that can be said without details. */
    private static String summary(Publication publication) {
        if (!publication.why().isEmpty()) {
            return publication.why();
        }
        return publication.details() ? Summary.of(publication.report()) : publication.headline();
    }

    /** The worst first; none for what is in no file. Without details, equal ones are one. */
    private static List<Note> notes(Report report, boolean details) {
        return report.findings().stream()
                .filter(finding ->
                        !finding.subject().file().isEmpty() && finding.subject().line() > 0)
                .map(finding -> details ? detailed(finding) : brief(finding))
                .distinct()
                .limit(MOST)
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
        details.append(FollowerLines.of(finding).text());
        return note(
                finding,
                finding.title(),
                FindingWords.object(finding.subject()) + "\n" + finding.detail(),
                details.length() > DETAILS ? details.substring(0, DETAILS) : details.toString());
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
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "\n\n" + Messages.CheckContent_cut() + "\n";
    }
}
