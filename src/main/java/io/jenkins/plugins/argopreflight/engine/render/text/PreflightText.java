package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.render.FixLines;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFacts;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFindings;
import io.jenkins.plugins.argopreflight.engine.render.page.UnavailableSource;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A preflight as text for a terminal: the verdict, the findings with their fixes, the image pulls, the missing rights,
 * and the facts that could not be checked.
 */
public final class PreflightText {

    private final Style style;
    private final Detail detail;
    private final Gate shown;

    /** The amount of text that is printed. */
    public enum Detail {
        /** The verdict, and the sources that could not be reached. */
        VERDICT,
        /**
         * The report without the consequences of a source that could not be reached, of which only the number is
         * printed.
         */
        NORMAL,
        /** The whole report. */
        ALL
    }

    public PreflightText(Style style) {
        this(style, Detail.NORMAL, Gate.UNKNOWN);
    }

    /**
     * Creates a renderer.
     *
     * @param shown the least severe outcome of the findings that are listed
     */
    public PreflightText(Style style, Detail detail, Gate shown) {
        this.style = style;
        this.detail = detail;
        this.shown = shown;
    }

    /** Renders the report, with a newline at its end. The verdict is its first and its last line. */
    public String render(Report all) {
        if (detail == Detail.VERDICT) {
            return String.join("\n", verdictAndCause(all)) + "\n";
        }
        Report complete = detail == Detail.ALL ? all : UnavailableSource.withoutConsequences(all);
        Report report = complete.withRows(
                complete.findings().stream()
                        .flatMap(finding -> NoClusterAccess.isReportedBy(finding)
                                ? finding.consequences().stream()
                                : Stream.of(finding))
                        .filter(finding -> shown.counts(finding))
                        .toList(),
                complete.permissions(),
                complete.unknown());
        return Stream.of(
                        verdictAndCause(all),
                        findings(report),
                        ignored(report),
                        notes(report),
                        new PullTable(style).lines(report),
                        rights(report),
                        unjudged(report),
                        unseen(report),
                        way(all),
                        List.of(cost(all), verdict(all)))
                .filter(section -> !section.isEmpty())
                .map(section -> String.join("\n", section) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private List<String> verdictAndCause(Report report) {
        List<String> lines = new ArrayList<>(List.of(verdict(report)));
        for (UnavailableSource each : UnavailableSource.of(report)) {
            String checks = each.checks() == 0 || detail != Detail.NORMAL
                    ? ""
                    : " (" + NameList.count(each.checks(), "check") + " not made; --verbose lists them)";
            lines.addAll(style.wrap("  ", each.sentence() + checks));
            lines.addAll(FixLines.of("        ", each.fixTexts()));
        }
        return lines;
    }

    private String verdict(Report report) {
        return Tone.mark(report, style) + style.strong(Summary.of(report));
    }

    private List<String> findings(Report report) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : report.findings()) {
            if (UncheckedFindings.isUnchecked(finding)) {
                continue;
            }
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(new FindingText(style).lines(finding));
        }
        return lines;
    }

    private List<String> ignored(Report report) {
        return Summary.suppressed(report).stream()
                .map(line -> style.dim("ignored: " + line))
                .toList();
    }

    private List<String> notes(Report report) {
        return Summary.notes(report).stream()
                .flatMap(note -> style.wrap("", "note: " + note).stream())
                .map(style::dim)
                .toList();
    }

    private List<String> rights(Report report) {
        List<PermissionRow> wanting = report.permissions().stream()
                .filter(row -> row.answer() != RightAnswer.YES)
                .toList();
        if (wanting.isEmpty()) {
            return report.permissions().isEmpty()
                    ? List.of()
                    : List.of(style.dim("All "
                            + NameList.count(report.permissions().size(), "right") + " that are needed are granted"));
        }
        Grid grid = new Grid("  ");
        for (PermissionRow row : wanting) {
            grid.row()
                    .cell(row.answer().label(), row.answer() == RightAnswer.NO ? style::bad : style::warn)
                    .cell(Summary.who(row))
                    .cell(Summary.right(row))
                    .cell(row.neededFor());
        }
        return titled(Summary.rightsTitle(wanting), grid.lines());
    }

    private List<String> unjudged(Report report) {
        List<String> lines = new ArrayList<>();
        for (UncheckedFindings each : UncheckedFindings.of(report.findings())) {
            lines.addAll(style.wrap(
                    "  ",
                    "? " + String.join(", ", each.checks()) + " (" + NameList.some(each.objects()) + "): "
                            + each.detail()));
            lines.addAll(FixLines.of("        ", each.fixTexts()));
        }
        return lines.isEmpty() ? List.of() : titled("Could not check", lines);
    }

    private List<String> unseen(Report report) {
        if (report.unknown().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        UncheckedFacts.of(report)
                .forEach(each ->
                        lines.addAll(style.wrap("    ", String.join("; ", each.facts()) + ": " + each.reason())));
        if (!report.missingRole().isEmpty()) {
            lines.add("  The smallest Role that lets us look (kubectl apply -f -):");
            // No indent: the separator of documents (three dashes) must begin at the margin.
            report.missingRole().lines().map(Visible::line).forEach(lines::add);
        }
        return titled("Could not check", lines);
    }

    private List<String> titled(String title, List<String> lines) {
        List<String> all = new ArrayList<>(List.of(style.strong(title)));
        all.addAll(lines);
        return all;
    }

    private List<String> way(Report report) {
        String way = report.versions().way();
        return way.isEmpty() ? List.of() : style.wrap("", way);
    }

    private String cost(Report report) {
        return style.dim(String.format(
                Locale.ROOT,
                "%s to the cluster, %d to registries, %.1f s",
                NameList.count(report.cost().apiCalls(), "request"),
                report.cost().registryCalls(),
                report.cost().wallMillis() / 1000.0));
    }
}
