package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.Unjudged;
import io.jenkins.plugins.argopreflight.engine.render.UnseenFacts;
import io.jenkins.plugins.argopreflight.engine.render.page.UnavailableSource;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the build page describes a report, at most so much that a browser can take it in.
 *
 * @param problem why there is no report to show; "" when there is one
 * @param verdict in one line
 * @param tone passed, unstable or failed
 * @param first the worst findings that say what to do
 * @param groups the findings of this page by outcome
 * @param from number of the first finding of this page, counted from 0
 * @param pulls who pulls what, with which credentials
 * @param unseen what could not be checked, by the reason
 * @param missingRole what would let us look; "" for nothing
 * @param notes a sentence for each image that is fine for one consumer and broken for another; what look-ups leave open
 * @param ignored each check with its reason
 * @param runNotes statements about the run, and a line for each template whose caller supplies something
 */
public record ReportPage(
        String problem,
        String verdict,
        String tone,
        List<FindingRow> first,
        List<Group> groups,
        int from,
        int total,
        List<PullRows.Row> pulls,
        int pullsLeftOut,
        List<String> notes,
        RightsMatrix rights,
        List<UnseenFacts> unseen,
        String missingRole,
        List<Ignored> ignored,
        List<String> runNotes,
        History history,
        About about) {

    /** How many findings are on one page. */
    public static final int FINDINGS = 200;

    private static final int FIRST = 3;
    private static final int PULLS = 1000;

    /**
     * Findings that could not be checked for one reason; each other one alone.
     *
     * @param reason "" for one alone
     */
    public record SameReason(String reason, List<FindingRow> findings) {}

    /** Findings of one outcome. */
    public record Group(String outcome, List<FindingRow> findings) {

        /** The findings by their reasons. */
        public List<SameReason> byReason() {
            Map<String, List<FindingRow>> reasons = findings.stream()
                    .collect(Collectors.groupingBy(
                            row -> outcome.equals("UNKNOWN") ? Unjudged.reason(row.title(), row.detail()) : row.id(),
                            LinkedHashMap::new,
                            Collectors.toList()));
            return reasons.entrySet().stream()
                    .map(entry -> new SameReason(
                            entry.getValue().size() > 1 ? Title.capital(entry.getKey()) : "", entry.getValue()))
                    .toList();
        }

        public String title() {
            int count = findings.size();
            return switch (outcome) {
                case "FAIL" -> Messages.Group_fail(count);
                case "WARN" -> Messages.Group_warn(count);
                case "UNKNOWN" -> Messages.Group_unknown(count);
                default -> Messages.Group_note(count);
            };
        }
    }

    /** @param why reason and last day */
    public record Ignored(String why, String title) {}

    /** @param cluster "" when the one who asks must not know it, or there was none */
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
                "unstable",
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

    static ReportPage of(Report report, String tone, History history, String from) {
        Rows findings = new Rows(report.findings(), report.ids(), history);
        int start = start(from, findings.size());
        List<PullRows.Row> pulls = PullRows.of(report);
        Report.Versions versions = report.versions();
        boolean noAnswer = report.findings().stream().anyMatch(NoClusterAccess::isReportedBy);
        Report rest = noAnswer ? UnavailableSource.withoutConsequences(report) : report;
        return new ReportPage(
                "",
                Summary.of(report),
                tone,
                findings.first(FIRST),
                groups(findings.rows(start, Math.min(start + FINDINGS, findings.size()))),
                start,
                findings.size(),
                pulls.stream().limit(PULLS).toList(),
                Math.max(0, pulls.size() - PULLS),
                PullRows.notes(pulls),
                RightsMatrix.of(rest.permissions()),
                UnseenFacts.of(rest),
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
                        versions.cluster().startsWith("(") ? "" : versions.cluster(),
                        versions.way(),
                        report.identity().user(),
                        report.cost()));
    }

    private static int start(String from, int size) {
        int start = from != null && from.matches("\\d{1,7}") ? Integer.parseInt(from) : 0;
        return start < size ? start / FINDINGS * FINDINGS : 0;
    }

    /** The findings in their order: a cluster that gives no answer stands before all others. */
    private static List<Group> groups(List<FindingRow> findings) {
        List<Group> groups = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= findings.size(); i++) {
            String outcome = findings.get(start).outcome();
            if (i == findings.size() || !findings.get(i).outcome().equals(outcome)) {
                groups.add(new Group(outcome, findings.subList(start, i)));
                start = i;
            }
        }
        return groups;
    }

    /** The class of a pull's verdict. */
    public String tone(PullRows.Row row) {
        return switch (row.tone()) {
            case GOOD -> "ok";
            case UNKNOWN -> "unknown";
            case BAD -> "fail";
        };
    }

    /** The class of Jenkins' own box for such a verdict. */
    public String alert() {
        return switch (tone) {
            case "passed" -> "jenkins-alert-success";
            case "failed" -> "jenkins-alert-danger";
            default -> "jenkins-alert-warning";
        };
    }

    /** The name of Jenkins' own symbol for such a verdict. */
    public String symbol() {
        return switch (tone) {
            case "passed" -> "check";
            case "failed" -> "error";
            default -> "warning";
        };
    }

    /** Where the next page of findings begins; -1 when this is the last. */
    public int next() {
        return from + FINDINGS < total ? from + FINDINGS : -1;
    }

    /** Where the previous page of findings begins; -1 when this is the first. */
    public int previous() {
        return from == 0 ? -1 : from - FINDINGS;
    }

    /** The last finding of this page, counted from 1. */
    public int to() {
        return Math.min(from + FINDINGS, total);
    }

    public boolean isReadable() {
        return problem.isEmpty();
    }
}
