package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.render.FindingWords;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was there before: a report beside a reference build's, and since when each finding is there.
 *
 * @param reference the reference build's full name; "" when there was none
 * @param referenceJob the full name of its job
 * @param referenceUrl below Jenkins' root
 * @param fresh ids of findings that the reference build did not have; none without one
 * @param firstSeen by a finding's id, the number of the build of this job in which it appeared
 * @param fixed what the reference build had and this one has not
 * @param answeredCount the number of findings that the reference build could not check and this one could
 */
public record History(
        String reference,
        String referenceJob,
        String referenceUrl,
        List<String> fresh,
        Map<String, Integer> firstSeen,
        List<FixedFinding> fixed,
        int answeredCount) {

    /** Nothing is known of earlier builds. */
    public static final History NONE = new History("", "", "", List.of(), Map.of(), List.of(), 0);

    private static final int FIXED_SHOWN = 500;

    public History {
        reference = reference == null ? "" : reference;
        referenceJob = referenceJob == null ? "" : referenceJob;
        referenceUrl = referenceUrl == null ? "" : referenceUrl;
        fresh = fresh == null ? List.of() : List.copyOf(fresh);
        firstSeen = firstSeen == null ? Map.of() : Map.copyOf(firstSeen);
        fixed = fixed == null ? List.of() : List.copyOf(fixed);
    }

    /** A finding that is no longer there. */
    public record FixedFinding(String check, Outcome outcome, String object, String message) {

        private FixedFinding without(HiddenServer server) {
            return new FixedFinding(check, outcome, server.in(object), server.in(message));
        }
    }

    /**
     * A build to compare with.
     *
     * @param name its full name
     * @param job the full name of its job
     * @param url below Jenkins' root
     */
    public record Reference(String name, String job, String url, Report report) {

        /** Returns a later report in which no finding that this one does not have stands below one that it has. */
        public Report compared(Report later) {
            return later.lifting(Set.copyOf(report.allIds()));
        }
    }

    /**
     * Compares by the findings' ids, which hang on no line and no number.
     *
     * @param report as {@link Reference#compared} gives it, where there is a reference
     * @param earlier since when the findings of the job's previous report are there
     */
    public static History of(Report report, int build, Optional<Reference> reference, Map<String, Integer> earlier) {
        List<String> ids = report.ids();
        Map<String, Integer> since = new LinkedHashMap<>();
        ids.forEach(id -> since.put(id, earlier.getOrDefault(id, build)));
        if (reference.isEmpty()) {
            return new History("", "", "", List.of(), since, List.of(), 0);
        }
        Report before = reference.get().report();
        Set<String> known = Set.copyOf(before.allIds());
        List<Finding> removed = removedFindings(before, report);
        return new History(
                reference.get().name(),
                reference.get().job(),
                reference.get().url(),
                ids.stream().filter(id -> !known.contains(id)).toList(),
                since,
                fixed(removed, new HiddenServer(before.versions().cluster())),
                (int) removed.stream()
                        .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                        .count());
    }

    /** Returns the findings that are no longer there although their checks were made again. */
    private static List<Finding> removedFindings(Report before, Report report) {
        Set<String> now = Set.copyOf(report.allIds());
        Set<String> made = report.checks().stream()
                .filter(row -> row.outcome() != Outcome.UNKNOWN && row.outcome() != Outcome.SKIPPED)
                .map(Report.CheckRow::id)
                .collect(Collectors.toSet());
        List<String> ids = before.ids();
        List<Finding> removed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Finding finding = before.findings().get(i);
            if (!now.contains(ids.get(i)) && made.contains(finding.check())) {
                removed.add(finding);
            }
        }
        return removed;
    }

    /** Returns those that were there; what could not be checked was never broken. */
    private static List<FixedFinding> fixed(List<Finding> removed, HiddenServer server) {
        return removed.stream()
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .limit(FIXED_SHOWN)
                .map(finding -> new FixedFinding(
                                finding.check(),
                                finding.outcome(),
                                FindingWords.object(finding.subject()),
                                finding.message())
                        .without(server))
                .toList();
    }

    /** The same for those who are not allowed to read the reference build. */
    History withoutReference() {
        return new History("", "", "", List.of(), firstSeen, List.of(), 0);
    }

    /** The same for those who must not know where this cluster is. */
    History without(HiddenServer server) {
        return new History(
                reference,
                referenceJob,
                referenceUrl,
                fresh,
                firstSeen,
                fixed.stream().map(one -> one.without(server)).toList(),
                answeredCount);
    }

    /** Whether there was a build to compare with. */
    public boolean hasReference() {
        return !reference.isEmpty();
    }
}
