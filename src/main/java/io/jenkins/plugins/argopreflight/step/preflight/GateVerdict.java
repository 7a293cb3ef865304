package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a report comes to in a build.
 *
 * @param verdict whether the build goes on, and how
 * @param counted the findings that decided, the worst first
 * @param why in a sentence for the log and the stage; "" when it passed
 */
record GateVerdict(Verdict verdict, List<Finding> counted, String why) {

    private static final int NAMED = 3;

    /**
     * Judges.
     *
     * @param report whose result no gate has made yet: OK or UNCHECKED
     * @param unstableOn empty: only when something that was asked could not be checked
     * @param only ids of the findings that count; empty for all. A pull that could not be checked has no id, and counts
     *     only with all
     */
    static GateVerdict of(Report report, Gate failOn, Optional<Gate> unstableOn, Optional<Set<String>> only) {
        List<Finding> counting = counting(report, only);
        List<Finding> failing = counted(counting, failOn);
        if (!failing.isEmpty()) {
            return new GateVerdict(Verdict.FAILED, failing, sentence(failing, only.isPresent(), "failOn", failOn));
        }
        if (only.isEmpty() && failOn.isOpen(report.pulls())) {
            return new GateVerdict(Verdict.FAILED, List.of(), Messages.GateVerdict_unchecked());
        }
        Gate gate = unstableOn.orElse(Gate.NEVER);
        List<Finding> unstable = counted(counting, gate);
        if (!unstable.isEmpty()) {
            return new GateVerdict(
                    Verdict.UNSTABLE, unstable, sentence(unstable, only.isPresent(), "unstableOn", gate));
        }
        boolean quiet = unstableOn.isPresent() && gate == Gate.NEVER;
        boolean unchecked = report.result() == RunResult.UNCHECKED && !quiet;
        return unchecked || only.isEmpty() && gate.isOpen(report.pulls())
                ? new GateVerdict(Verdict.UNSTABLE, List.of(), Messages.GateVerdict_unchecked())
                : new GateVerdict(Verdict.PASSED, List.of(), "");
    }

    /**
     * Returns the title of the first finding that decided, else the reason: with the default, a build is also unstable
     * where something could not be checked. Empty when it passed.
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

    private static List<Finding> counting(Report report, Optional<Set<String>> only) {
        List<String> ids = report.ids();
        List<Finding> counting = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Finding finding = report.findings().get(i);
            if (finding.severity() != Severity.NOTE
                    && (only.isEmpty() || only.get().contains(ids.get(i)))) {
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

    /** Their ids only: the sentence becomes the step's error, which other plugins publish outside Jenkins. */
    private static String checks(List<Finding> findings) {
        List<String> ids = findings.stream().map(Finding::check).distinct().toList();
        return ids.size() <= NAMED
                ? String.join(", ", ids)
                : Messages.GateVerdict_more(String.join(", ", ids.subList(0, NAMED)), ids.size() - NAMED);
    }
}
