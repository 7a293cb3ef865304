package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The comparison of a report with that of a reference build, and the age of its findings.
 *
 * @param reference the reference build's full name; "" if there is none
 * @param referenceJob the full name of its job
 * @param referenceUrl its URL, relative to Jenkins' root
 * @param fresh ids of findings that the reference build did not have; empty without a reference build
 * @param firstSeen for each finding's id, the number of the build of this job in which it first appeared
 * @param fixed findings of the reference build that this build does not have
 * @param answeredCount the number of UNKNOWN findings of the reference build that this build does not have, although
 *     it made their checks
 */
public record History(
        String reference,
        String referenceJob,
        String referenceUrl,
        List<String> fresh,
        Map<String, Integer> firstSeen,
        List<FixedFinding> fixed,
        int answeredCount) {

    /** The history without any earlier build. */
    public static final History NONE = new History("", "", "", List.of(), Map.of(), List.of(), 0);

    private static final int MAX_FIXED = 500;

    public History {
        reference = reference == null ? "" : reference;
        referenceJob = referenceJob == null ? "" : referenceJob;
        referenceUrl = referenceUrl == null ? "" : referenceUrl;
        fresh = fresh == null ? List.of() : List.copyOf(fresh);
        firstSeen = firstSeen == null ? Map.of() : Map.copyOf(firstSeen);
        fixed = fixed == null ? List.of() : List.copyOf(fixed);
    }

    /** A finding that no longer exists. */
    public record FixedFinding(String check, Outcome outcome, String object, String message) {

        private FixedFinding withoutAddress(HiddenServer server) {
            return new FixedFinding(check, outcome, server.redact(object), server.redact(message));
        }
    }

    /**
     * A build for the comparison.
     *
     * @param name its full name
     * @param job the full name of its job
     * @param url its URL, relative to Jenkins' root
     */
    public record Reference(String name, String job, String url, Report report) {

        /**
         * Returns a later report in which a finding that this report does not have is never listed as a consequence of
         * a finding that this report has.
         */
        public Report compared(Report later) {
            return later.withNewFindingsSeparate(Set.copyOf(report.allIds()));
        }
    }

    /**
     * Compares two reports by the findings' ids, which contain neither lines nor numbers.
     *
     * @param report the report, as {@link Reference#compared} returns it if there is a reference
     * @param earlier for each finding of the job's previous report, the build in which it first appeared
     */
    public static History of(Report report, int build, Optional<Reference> reference, Map<String, Integer> earlier) {
        List<String> ids = report.ids();
        Map<String, Integer> since = new LinkedHashMap<>();
        ids.forEach(id -> since.put(id, earlier.getOrDefault(id, build)));
        if (reference.isEmpty()) {
            return new History("", "", "", List.of(), since, List.of(), 0);
        }
        Report earlierReport = reference.get().report();
        Set<String> known = Set.copyOf(earlierReport.allIds());
        List<Finding> removed = removedFindings(earlierReport, report);
        return new History(
                reference.get().name(),
                reference.get().job(),
                reference.get().url(),
                ids.stream().filter(id -> !known.contains(id)).toList(),
                since,
                fixed(removed, new HiddenServer(earlierReport.versions().cluster())),
                (int) removed.stream()
                        .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                        .count());
    }

    /** Returns the findings of an earlier report that no longer exist although their checks were made again. */
    private static List<Finding> removedFindings(Report earlierReport, Report report) {
        Set<String> currentIds = Set.copyOf(report.allIds());
        Set<String> completedChecks = report.checks().stream()
                .filter(row -> row.outcome() != Outcome.UNKNOWN && row.outcome() != Outcome.SKIPPED)
                .map(Report.CheckRow::id)
                .collect(Collectors.toSet());
        List<String> ids = earlierReport.ids();
        List<Finding> removed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Finding earlier = earlierReport.findings().get(i);
            if (!currentIds.contains(ids.get(i)) && completedChecks.contains(earlier.check())) {
                removed.add(earlier);
            }
        }
        return removed;
    }

    /** Returns the removed findings that were problems. A finding that could not be checked was no problem. */
    private static List<FixedFinding> fixed(List<Finding> removed, HiddenServer server) {
        return removed.stream()
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .limit(MAX_FIXED)
                .map(finding -> new FixedFinding(
                                finding.check(),
                                finding.outcome(),
                                FindingLabels.object(finding.subject()),
                                finding.message())
                        .withoutAddress(server))
                .toList();
    }

    /** Returns the history for readers who are not allowed to read the reference build. */
    History withoutReference() {
        return new History("", "", "", List.of(), firstSeen, List.of(), 0);
    }

    /** Returns the history for readers who are not allowed to see the cluster's address. */
    History withoutAddress(HiddenServer server) {
        return new History(
                reference,
                referenceJob,
                referenceUrl,
                fresh,
                firstSeen,
                fixed.stream().map(one -> one.withoutAddress(server)).toList(),
                answeredCount);
    }

    /** Returns whether there was a build for the comparison. */
    public boolean hasReference() {
        return !reference.isEmpty();
    }
}
