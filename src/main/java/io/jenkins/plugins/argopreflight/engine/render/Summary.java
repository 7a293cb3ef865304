package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.IgnoredFinding;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences that every report for readers contains. */
public final class Summary {

    private Summary() {}

    /** Returns the verdict in one line. */
    public static String of(Report report) {
        Map<ShownOutcome, Integer> counts = counts(report.findings());
        String checked = report.subjects().size() == 1
                ? report.subjects().get(0).kind() + " "
                        + report.subjects().get(0).name()
                : NameList.count(report.subjects().size(), "object");
        String outcomes = counts.isEmpty() ? "nothing found" : counted(report.findings());
        String suffix =
                switch (report.result()) {
                    case OK -> okSuffix(counts, report);
                    case FAILED -> "";
                    case UNCHECKED -> "; something required could not be checked";
                };
        return Visible.line(
                checked + ", " + NameList.count(report.pods().size(), "distinct pod") + ": " + outcomes + suffix);
    }

    private static String okSuffix(Map<ShownOutcome, Integer> counts, Report report) {
        if (counts.containsKey(ShownOutcome.FAIL)) {
            return "";
        }
        if (counts.containsKey(ShownOutcome.UNKNOWN)) {
            return "; no problems found in what could be checked";
        }
        String unchecked = uncheckedPulls(report);
        if (!unchecked.isEmpty()) {
            return "; " + unchecked;
        }
        return counts.containsKey(ShownOutcome.WARN) ? "" : ", ready to submit";
    }

    /**
     * Returns the version of Argo whose rules were applied: {@code v4.1.2 (assumed)} if the version could not be read.
     */
    public static String argo(Report report) {
        return report.versions().argo() + (report.versions().argoAssumed() ? " (assumed)" : "");
    }

    /** Returns a clause with the number of images whose pulls could not be checked; "" for none. */
    public static String uncheckedPulls(Report report) {
        long images = report.pulls().stream()
                .filter(PullRow::isUnchecked)
                .map(PullRow::image)
                .distinct()
                .count();
        return images == 0 ? "" : NameList.count(images, "image") + " could not be checked";
    }

    /** Returns a note in one line, with its position. */
    private static String note(Note note) {
        String place = FindingLabels.place(note.subject());
        return Visible.line(note.title() + ": " + note.detail() + (place.isEmpty() ? "" : " (" + place + ")"));
    }

    /** Returns the number of findings of each outcome, such as {@code 1 FAIL, 2 WARN}; "" for none. */
    public static String counted(List<Finding> findings) {
        return counts(findings).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Map<ShownOutcome, Integer> counts(List<Finding> findings) {
        Map<ShownOutcome, Integer> counts = new LinkedHashMap<>();
        findings.forEach(finding -> counts.merge(ShownOutcome.of(finding), 1, Integer::sum));
        return counts;
    }

    /** Returns the notes of a report, and a line for each template whose caller supplies values. */
    public static List<String> notes(Report report) {
        return Stream.concat(report.notes().stream().map(Summary::note), suppliedByCaller(report))
                .toList();
    }

    /** Returns a line for each template that was checked on its own, with the values that its caller supplies. */
    public static Stream<String> suppliedByCaller(Report report) {
        return report.subjects().stream()
                .filter(subject -> !subject.suppliedByCaller().isEmpty())
                .map(subject -> suppliedByCaller(subject.kind(), subject.name(), subject.suppliedByCaller()));
    }

    /** Returns the line for one template. */
    public static String suppliedByCaller(String kind, String name, List<String> parts) {
        return Visible.line(kind + " " + name + ": its caller supplies " + String.join(", ", parts));
    }

    /**
     * Returns the check with the reason and the end of its suppression:
     * {@code docker-socket (build pool, until 2027-01-31)}.
     */
    public static String reason(IgnoredFinding ignored) {
        String until = ignored.until().isEmpty() ? "" : "until " + ignored.until();
        String separator = ignored.reason().isEmpty() || until.isEmpty() ? "" : ", ";
        String reasonAndEnd = ignored.reason() + separator + until;
        return ignored.finding().check() + (reasonAndEnd.isEmpty() ? "" : " (" + reasonAndEnd + ")");
    }

    /** Returns a line for each suppression, with the number of its findings and of their consequences. */
    public static List<String> suppressed(Report report) {
        Map<String, List<Finding>> byReason = report.ignored().stream()
                .collect(Collectors.groupingBy(
                        Summary::reason,
                        LinkedHashMap::new,
                        Collectors.mapping(IgnoredFinding::finding, Collectors.toList())));
        return byReason.entrySet().stream()
                .map(entry -> {
                    long consequences = entry.getValue().stream()
                            .mapToLong(finding -> finding.consequences().size())
                            .sum();
                    return Visible.line(entry.getKey() + ": "
                            + NameList.count(entry.getValue().size(), "finding")
                            + (consequences == 0 ? "" : " and " + consequences + " below"));
                })
                .toList();
    }

    /** Returns the heading for rights that are missing or could not be checked. */
    public static String rightsTitle(List<PermissionRow> rights) {
        boolean missing = rights.stream().anyMatch(right -> right.answer() == RightAnswer.NO);
        boolean unknown = rights.stream().anyMatch(right -> right.answer() == RightAnswer.UNKNOWN);
        return "Rights that are "
                + String.join(
                        " or ",
                        Stream.of(missing ? "missing" : "", unknown ? "not known" : "")
                                .filter(word -> !word.isEmpty())
                                .toList());
    }

    /** Returns the identity that needs a right. */
    public static String who(PermissionRow row) {
        if (!row.subject().isEmpty()) {
            return row.subject();
        }
        return row.party() == Party.CONTROLLER ? "Argo's controller" : "we";
    }

    /** Returns a right in the syntax of {@code kubectl auth can-i}. */
    public static String right(PermissionRow row) {
        return new Right(row.verb(), row.group(), row.resource(), row.subresource(), row.namespace(), row.name())
                .toString();
    }
}
