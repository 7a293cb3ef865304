package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The result of a report in a build.
 *
 * @param verdict passed, unstable or failed
 * @param counted the findings that decided, most severe first
 * @param why the reason as a sentence for the log and the stage; "" if it passed
 */
record GateVerdict(Verdict verdict, List<Finding> counted, String why) {

    private static final int MAX_NAMED = 3;

    /**
     * Determines the result.
     *
     * @param report a report with the result OK or UNCHECKED, or FAILED if the gate was applied before
     * @param countedIds ids of the findings that count; empty for all. Pulls that could not be checked have no id, and
     *     count only if it is empty
     */
    static GateVerdict of(Report report, GateOptions options, Optional<Set<String>> countedIds) {
        Gate failOn = options.gate();
        List<Finding> counting = counting(report, countedIds);
        List<Finding> failing = counted(counting, failOn);
        if (!failing.isEmpty()) {
            return new GateVerdict(
                    Verdict.FAILED, failing, sentence(failing, countedIds.isPresent(), "failOn", failOn));
        }
        if (countedIds.isEmpty() && failOn.hasUncheckedPull(report.pulls())) {
            return new GateVerdict(Verdict.FAILED, List.of(), Messages.GateVerdict_unchecked());
        }
        Gate gate = options.unstableOn().orElse(Gate.NEVER);
        List<Finding> unstable = counted(counting, gate);
        if (!unstable.isEmpty()) {
            return new GateVerdict(
                    Verdict.UNSTABLE, unstable, sentence(unstable, countedIds.isPresent(), "unstableOn", gate));
        }
        boolean ignoresUnchecked = options.unstableOn().isPresent() && gate == Gate.NEVER;
        boolean unchecked = report.result() == RunResult.UNCHECKED && !ignoresUnchecked;
        return unchecked || countedIds.isEmpty() && gate.hasUncheckedPull(report.pulls())
                ? new GateVerdict(Verdict.UNSTABLE, List.of(), Messages.GateVerdict_unchecked())
                : new GateVerdict(Verdict.PASSED, List.of(), "");
    }

    /**
     * Returns the title of the first finding that decided, or else the reason. With the default, a build is also
     * unstable if something could not be checked. Empty if it passed.
     */
    Optional<String> headline(Report report) {
        if (verdict == Verdict.PASSED) {
            return Optional.empty();
        }
        Stream<Finding> unchecked = report.findings().stream().filter(finding -> finding.outcome() == Outcome.UNKNOWN);
        return Stream.concat(counted.stream(), unchecked)
                .map(Finding::title)
                .findFirst()
                .or(() -> Optional.of(why));
    }

    private static List<Finding> counting(Report report, Optional<Set<String>> countedIds) {
        List<String> ids = report.ids();
        List<Finding> counting = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Finding finding = report.findings().get(i);
            if (finding.severity() != Severity.NOTE
                    && (countedIds.isEmpty() || countedIds.get().contains(ids.get(i)))) {
                counting.add(finding);
            }
        }
        return counting;
    }

    private static List<Finding> counted(List<Finding> findings, Gate gate) {
        return findings.stream().filter(finding -> gate.counts(finding)).toList();
    }

    private static String sentence(List<Finding> findings, boolean onlyNew, String parameter, Gate gate) {
        return onlyNew
                ? Messages.GateVerdict_newFindings(findings.size(), parameter, gate, checks(findings))
                : Messages.GateVerdict_findings(findings.size(), parameter, gate, checks(findings));
    }

    /**
     * Returns only the ids of the checks, since the sentence becomes the step's error, which other plugins publish
     * outside Jenkins.
     */
    private static String checks(List<Finding> findings) {
        List<String> ids = findings.stream().map(Finding::check).distinct().toList();
        return ids.size() <= MAX_NAMED
                ? String.join(", ", ids)
                : Messages.GateVerdict_more(String.join(", ", ids.subList(0, MAX_NAMED)), ids.size() - MAX_NAMED);
    }
}
