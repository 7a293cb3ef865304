package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFacts;
import io.jenkins.plugins.argopreflight.engine.render.page.UnavailableSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The content of the page of a report, limited to an amount that a browser can show.
 *
 * @param problem the reason why the report cannot be shown; "" if it can
 * @param verdict the result in one line
 * @param result the result with {@code failOn} and {@code unstableOn}
 * @param first the most severe findings that have a fix
 * @param groups the findings of this page by outcome
 * @param from number of the first finding of this page, counted from 0
 * @param pulls the rows of the table of image pulls
 * @param unseen the facts that could not be checked, by reason
 * @param missingRole the Role that makes the missing facts readable; "" for none
 * @param notes a sentence for each image that some consumers can pull and others cannot, and the limit of look-ups
 * @param ignored each suppressed check with its reason
 * @param runNotes notes about the run, and a line for each template whose caller supplies values
 */
public record ReportPage(
        String problem,
        String verdict,
        Verdict result,
        List<FindingRow> first,
        List<Group> groups,
        int from,
        int total,
        List<PullRows.Row> pulls,
        int pullsLeftOut,
        List<String> notes,
        RightsMatrix rights,
        List<UncheckedFacts> unseen,
        String missingRole,
        List<Ignored> ignored,
        List<String> runNotes,
        History history,
        About about) {

    /** The number of findings on one page. */
    public static final int FINDINGS = 200;

    private static final int MAX_FIRST = 3;
    private static final int MAX_PULLS = 1000;

    /**
     * Findings that could not be checked for the same reason, or a single finding.
     *
     * @param reason the reason; "" for a single finding
     */
    public record SameReason(String reason, List<FindingRow> findings) {}

    /** The findings of one outcome. */
    public record Group(ShownOutcome outcome, List<FindingRow> findings) {

        /** Returns the findings, grouped by reason if they could not be checked. */
        public List<SameReason> byReason() {
            Map<String, List<FindingRow>> reasons = findings.stream()
                    .collect(Collectors.groupingBy(
                            row -> outcome == ShownOutcome.UNKNOWN
                                    ? row.finding().reason()
                                    : row.id(),
                            LinkedHashMap::new,
                            Collectors.toList()));
            return reasons.entrySet().stream()
                    .map(entry -> new SameReason(
                            entry.getValue().size() > 1 ? Title.capitalized(entry.getKey()) : "", entry.getValue()))
                    .toList();
        }

        public String title() {
            int count = findings.size();
            return switch (outcome) {
                case FAIL -> Messages.Group_fail(count);
                case WARN -> Messages.Group_warn(count);
                case UNKNOWN -> Messages.Group_unknown(count);
                case NOTE -> Messages.Group_note(count);
            };
        }
    }

    /**
     * A suppressed finding.
     *
     * @param why the check with the reason and the end of the suppression
     */
    public record Ignored(String why, String title) {}

    /**
     * The facts about the run that the page shows.
     *
     * @param cluster the API server; "" if the reader is not allowed to see it, or without a cluster
     */
    public record About(
            String namespace,
            String argo,
            String kubernetes,
            String cluster,
            String way,
            String user,
            Report.Cost cost) {}

    static ReportPage unreadable(String problem) {
        return new ReportPage(
                problem,
                "",
                Verdict.UNSTABLE,
                List.of(),
                List.of(),
                0,
                0,
                List.of(),
                0,
                List.of(),
                new RightsMatrix(List.of(), List.of()),
                List.of(),
                "",
                List.of(),
                List.of(),
                History.NONE,
                new About("", "", "", "", "", "", new Report.Cost(0, 0, 0)));
    }

    /**
     * Returns the content for a reader.
     *
     * @param report the report for this reader
     * @param cluster the API server; "" if the reader is not allowed to see it
     * @param from the number of the first finding to show; null or an invalid number for the first page
     */
    static ReportPage of(Report report, String cluster, Verdict result, History history, String from) {
        Rows findings = new Rows(report.findings(), report.ids(), history);
        int start = start(from, findings.size());
        List<PullRows.Row> pulls = PullRows.of(report);
        Report.Versions versions = report.versions();
        boolean noClusterAccess = report.findings().stream().anyMatch(NoClusterAccess::isReportedBy);
        Report shown = noClusterAccess ? UnavailableSource.withoutConsequences(report) : report;
        return new ReportPage(
                "",
                Summary.of(report),
                result,
                findings.first(MAX_FIRST),
                groups(findings.rows(start, Math.min(start + FINDINGS, findings.size()))),
                start,
                findings.size(),
                pulls.stream().limit(MAX_PULLS).toList(),
                Math.max(0, pulls.size() - MAX_PULLS),
                PullRows.notes(pulls),
                RightsMatrix.of(shown.permissions()),
                UncheckedFacts.of(shown),
                report.missingRole(),
                report.ignored().stream()
                        .map(one ->
                                new Ignored(Summary.reason(one), one.finding().title()))
                        .toList(),
                Summary.notes(report),
                history,
                new About(
                        report.request().namespace(),
                        Summary.argo(report),
                        versions.kubernetes(),
                        cluster,
                        versions.way(),
                        report.identity().user(),
                        report.cost()));
    }

    private static int start(String from, int size) {
        int start = from != null && from.matches("\\d{1,7}") ? Integer.parseInt(from) : 0;
        return start < size ? start / FINDINGS * FINDINGS : 0;
    }

    /**
     * Groups consecutive findings of the same outcome. The order stays, since a cluster that could not be reached comes
     * before all other findings.
     */
    private static List<Group> groups(List<FindingRow> findings) {
        List<Group> groups = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= findings.size(); i++) {
            ShownOutcome outcome = findings.get(start).outcome();
            if (i == findings.size() || findings.get(i).outcome() != outcome) {
                groups.add(new Group(outcome, findings.subList(start, i)));
                start = i;
            }
        }
        return groups;
    }

    /** Returns the CSS class of a pull's verdict. */
    public String tone(PullRows.Row row) {
        return switch (row.tone()) {
            case GOOD -> "ok";
            case UNKNOWN -> "unknown";
            case BAD -> "fail";
        };
    }

    /** Returns the CSS class of Jenkins' alert for the result. */
    public String alert() {
        return switch (result) {
            case PASSED -> "jenkins-alert-success";
            case FAILED -> "jenkins-alert-danger";
            case UNSTABLE -> "jenkins-alert-warning";
        };
    }

    /** Returns the name of Jenkins' symbol for the result. */
    public String symbol() {
        return switch (result) {
            case PASSED -> "check";
            case FAILED -> "error";
            case UNSTABLE -> "warning";
        };
    }

    /** Returns the number of the first finding of the next page; -1 if this is the last page. */
    public int next() {
        return from + FINDINGS < total ? from + FINDINGS : -1;
    }

    /** Returns the number of the first finding of the previous page; -1 if this is the first page. */
    public int previous() {
        return from == 0 ? -1 : from - FINDINGS;
    }

    /** Returns the number of the last finding of this page, counted from 1. */
    public int to() {
        return Math.min(from + FINDINGS, total);
    }

    public boolean isReadable() {
        return problem.isEmpty();
    }
}
