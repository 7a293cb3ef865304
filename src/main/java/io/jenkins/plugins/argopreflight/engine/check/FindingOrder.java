package io.jenkins.plugins.argopreflight.engine.check;

import java.util.Comparator;
import java.util.List;

/**
 * The order of findings in every report: the one that ends the workflow first is the first.
 *
 * <ol>
 *   <li>A cluster that gives no answer: until that is fixed, nothing of it is known.
 *   <li>By outcome: FAIL, WARN, UNKNOWN; then by severity, errors before warnings before notes.
 *   <li>Findings on the workflow as a whole before those on some of its pods.
 *   <li>As the checks are listed ({@code Checks}), which is the order in which a workflow meets them: the API server that
 *       takes it, the controller that picks it up and validates it, the pods that are created, scheduled, started and run,
 *       and what is left when they have ended.
 * </ol>
 */
public final class FindingOrder {

    private static final List<Outcome> WORST_FIRST = List.of(Outcome.FAIL, Outcome.WARN, Outcome.UNKNOWN);

    private static final Comparator<Finding> BY_OUTCOME = Comparator.comparing(
                    (Finding finding) -> !NoClusterAccess.isReportedBy(finding))
            .thenComparing(finding -> WORST_FIRST.indexOf(finding.outcome()));

    private static final Comparator<Finding> ORDER = BY_OUTCOME
            .thenComparing(Finding::severity)
            .thenComparing(finding -> !finding.pods().isEmpty());

    private FindingOrder() {}

    /** Returns the findings of a report sorted by outcome; those with the same outcome stay in their order. */
    public static List<Finding> byOutcome(List<Finding> findings) {
        return findings.stream().sorted(BY_OUTCOME).toList();
    }

    /**
     * Returns the findings of all checks in the order of reports.
     *
     * @param results the results, in the order of the checks
     */
    public static List<Finding> of(List<CheckResult> results) {
        return results.stream()
                .flatMap(result -> result.findings().stream())
                .sorted(ORDER)
                .toList();
    }
}
