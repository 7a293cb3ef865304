package io.jenkins.plugins.argopreflight.engine.render.ci;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFindings;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Optional;

/**
 * A preflight as workflow commands of GitHub Actions, which annotates the lines of a change with them. The texts of
 * findings are escaped, so that none can begin a command.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow
 *     commands</a>
 * @see <a href="https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts">escapes of workflow
 *     commands</a>
 */
public final class GithubCommands {

    /**
     * Renders a command for each finding that was checked, a notice for each note, one notice with the number of
     * findings that could not be checked, a notice for each template that was checked with values supplied by its
     * caller, and the verdict. A cluster that could not be read has a command of its own, since it is the reason why
     * other findings could not be checked.
     */
    public String render(Report report) {
        StringBuilder out = new StringBuilder();
        report.findings().stream()
                .filter(finding -> !UncheckedFindings.isUnchecked(finding) || NoClusterAccess.isReportedBy(finding))
                .forEach(finding -> command(out, finding));
        report.notes().forEach(note -> command(out, "notice", note.title(), note.subject(), note.detail()));
        long unknown = report.findings().stream()
                .filter(finding -> UncheckedFindings.isUnchecked(finding) && !NoClusterAccess.isReportedBy(finding))
                .count();
        if (unknown > 0) {
            out.append("::notice title=Argo Preflight::")
                    .append(escapeData("Could not check everything: " + NameList.count(unknown, "finding")
                            + " UNKNOWN, listed in the report"))
                    .append('\n');
        }
        Summary.suppliedByCaller(report)
                .forEach(line -> out.append("::notice title=Argo Preflight::")
                        .append(escapeData(line))
                        .append('\n'));
        return out.append(Tone.mark(report, Style.PLAIN))
                .append(Summary.of(report))
                .append('\n')
                .toString();
    }

    private static void command(StringBuilder out, Finding finding) {
        StringBuilder text = new StringBuilder(finding.detail());
        finding.remediation().forEach(block -> text.append("\n\n").append(block));
        Optional.of(ConsequenceLines.of(finding).text())
                .filter(consequences -> !consequences.isEmpty())
                .ifPresent(consequences -> text.append("\n\n").append(consequences));
        text.append("\n\n").append(finding.check()).append(": ").append(finding.link());
        command(out, level(finding), finding.title(), finding.subject(), text.toString());
    }

    private static void command(StringBuilder out, String level, String title, Subject subject, String text) {
        out.append("::").append(level).append(" title=").append(escapeProperty(title));
        if (!subject.file().isEmpty() && !subject.file().equals("-")) {
            out.append(",file=").append(escapeProperty(subject.file()));
            if (subject.line() > 0) {
                out.append(",line=").append(subject.line());
            }
        }
        out.append("::")
                .append(escapeData(FindingLabels.object(subject) + ": " + text))
                .append('\n');
    }

    private static String level(Finding finding) {
        if (finding.severity() == Severity.NOTE) {
            return "notice";
        }
        return finding.outcome() == Outcome.FAIL ? "error" : "warning";
    }

    /** Escapes the text of a command, which ends at the end of its line. */
    private static String escapeData(String text) {
        return Visible.lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** Escapes the value of a property of a command, which ends at a comma or a colon. */
    private static String escapeProperty(String text) {
        return escapeData(Visible.line(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
