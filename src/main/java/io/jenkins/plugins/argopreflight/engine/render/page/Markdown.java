package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFacts;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFindings;
import io.jenkins.plugins.argopreflight.engine.render.Xml;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.List;
import java.util.stream.Collectors;

/** A preflight as GitHub's Markdown, for a comment on a change. The texts of the report are escaped. */
public final class Markdown {

    private static final String LINE_BREAK = "\\\n";

    /** Renders the whole report, with a newline at its end. */
    public String render(Report report) {
        return "# " + text(Summary.of(report)) + "\n" + body(report);
    }

    /** Renders the report without its title, for readers that show the title themselves. */
    public String renderBody(Report report) {
        return body(report).stripLeading();
    }

    private static String body(Report all) {
        Report report = UnavailableSource.withoutConsequences(all);
        StringBuilder out = new StringBuilder();
        UnavailableSource.of(all).forEach(each -> {
            out.append('\n')
                    .append(text(each.sentence() + "." + each.counted()))
                    .append('\n');
            each.fixTexts().forEach(fix -> fence(out, "", fix.text()));
        });
        report.findings().stream()
                .filter(finding -> !UncheckedFindings.isUnchecked(finding))
                .forEach(finding -> finding(out, finding));
        list(
                out,
                "Ignored",
                report.ignored().stream().map(Summary::reason).distinct().toList());
        list(out, "Notes", Summary.notes(report));
        if (!report.pulls().isEmpty()) {
            out.append("\n## Image pulls\n\n");
            head(out, "verdict", "image", "consumer", "credentials used, and the answer", "for");
            List<PullRows.Row> rows = PullRows.of(report);
            rows.forEach(row -> row(
                    out,
                    text(row.words()),
                    code(row.image()),
                    text(row.consumerAndPlatforms()),
                    row.answers().isEmpty()
                            ? "-"
                            : row.answers().stream().map(Markdown::text).collect(Collectors.joining("<br>")),
                    text(row.accountsAndContainers())));
            PullRows.notes(rows)
                    .forEach(sentence -> out.append('\n').append(text(sentence)).append('\n'));
        }
        List<PermissionRow> wanting = report.permissions().stream()
                .filter(row -> row.answer() != RightAnswer.YES)
                .toList();
        if (!wanting.isEmpty()) {
            out.append("\n## ").append(Summary.rightsTitle(wanting)).append("\n\n");
            head(out, "answer", "who", "right", "needed for");
            wanting.forEach(row -> row(
                    out,
                    text(row.answer().label()),
                    text(Summary.who(row)),
                    text(Summary.right(row)),
                    text(row.neededFor())));
        }
        List<UncheckedFindings> unjudged = UncheckedFindings.of(report.findings());
        if (!unjudged.isEmpty() || !report.unknown().isEmpty()) {
            out.append("\n## Could not check\n\n");
        }
        if (!unjudged.isEmpty()) {
            head(out, "checks", "of", "why");
            unjudged.forEach(each -> row(
                    out,
                    text(String.join(", ", each.checks())),
                    text(NameList.some(each.objects())),
                    text(each.detail())));
        }
        if (!report.unknown().isEmpty()) {
            out.append(unjudged.isEmpty() ? "" : "\n");
            UncheckedFacts.of(report)
                    .forEach(each -> out.append("- ")
                            .append(text(String.join("; ", each.facts()) + ": " + each.reason()))
                            .append('\n'));
        }
        if (!report.missingRole().isEmpty()) {
            out.append("\nThe smallest Role that lets us look:\n");
            fence(out, "yaml", report.missingRole());
        }
        return out.toString();
    }

    private static void list(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append("\n## ").append(title).append("\n\n");
            lines.forEach(line -> out.append("- ").append(text(line)).append('\n'));
        }
    }

    private static void finding(StringBuilder out, Finding finding) {
        String place = FindingLabels.place(finding.subject());
        String field = FindingLabels.field(finding.subject());
        out.append("\n## ").append(ShownOutcome.of(finding)).append(": ");
        out.append(text(finding.title()));
        out.append("\n\n")
                .append(text(FindingLabels.object(finding.subject())))
                .append("\\\n")
                .append(link(finding));
        if (!place.isEmpty() || !field.isEmpty()) {
            out.append(" at ").append(code((place + " " + field).strip()));
        }
        if (!finding.pods().isEmpty()) {
            out.append("; pods: ").append(code(NameList.some(finding.pods())));
        }
        out.append("\n\n").append(text(finding.detail())).append('\n');
        if (!finding.condition().isEmpty()) {
            out.append("\nCondition: ").append(code(finding.condition())).append('\n');
        }
        if (!finding.evidence().isEmpty()) {
            out.append('\n');
            finding.evidence()
                    .forEach(line -> out.append("> ").append(text(line)).append(LINE_BREAK));
            out.setLength(out.length() - LINE_BREAK.length());
            out.append('\n');
        }
        finding.remediation().forEach(block -> fence(out, "", block));
        ConsequenceLines consequences = ConsequenceLines.of(finding);
        if (!consequences.heading().isEmpty()) {
            out.append('\n').append(text(consequences.heading())).append("\n\n");
            consequences
                    .lines()
                    .forEach(line -> out.append("- ").append(text(line)).append('\n'));
        }
    }

    private static String link(Finding finding) {
        boolean page = finding.link().startsWith("https://");
        return page ? "[" + text(finding.check()) + "](" + finding.link() + ")" : text(finding.check());
    }

    static void fence(StringBuilder out, String language, String block) {
        String fence = "```";
        while (block.contains(fence)) {
            fence += "`";
        }
        String clean = block.lines().map(Visible::line).collect(Collectors.joining("\n"));
        out.append('\n').append(fence).append(language).append('\n').append(clean);
        out.append('\n').append(fence).append('\n');
    }

    private static void head(StringBuilder out, String... names) {
        row(out, names);
        out.append("|---".repeat(names.length)).append("|\n");
    }

    private static void row(StringBuilder out, String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Returns a text in one line, with all markup escaped. */
    static String text(String text) {
        return Xml.line(text)
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replaceAll("([\\\\`*_{}\\[\\]|#~@])", "\\\\$1");
    }

    /**
     * Returns a text in backticks. Backticks and vertical bars in it are replaced, since they would end it or the
     * table's cell.
     */
    private static String code(String text) {
        return "`" + Visible.line(text).replace('`', '\'').replace('|', '/') + "`";
    }
}
