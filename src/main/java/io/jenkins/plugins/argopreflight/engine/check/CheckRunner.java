package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A runner of checks that knows none of them. */
public final class CheckRunner {

    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    /** The number of pods below which the checks take less time than starting threads. */
    private static final int MIN_PODS_FOR_THREADS = 20;

    private final List<Check> checks;

    public CheckRunner(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * Runs the checks in parallel, and returns one result for each, in the order of the checks.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException only if interrupted
     */
    public List<CheckResult> run(Facts facts) {
        Map<Check, CheckResult> results = new ConcurrentHashMap<>();
        int threads = facts.pods().count() < MIN_PODS_FOR_THREADS ? 1 : THREADS;
        Parallel.forEach(checks, threads, check -> results.put(check, run(check, facts)));
        return checks.stream().map(results::get).toList();
    }

    private static CheckResult run(Check check, Facts facts) {
        if (!check.applies(facts)) {
            return new CheckResult(check.info(), Outcome.SKIPPED, List.of());
        }
        List<Finding> findings;
        try {
            Budget.current().charge(Limit.WORK_UNITS, 1);
            findings = deduplicate(check.info(), Findings.charged(check.check(facts)));
        } catch (OverBudget e) {
            Budget.current().leftOut("check " + check.info().id(), e);
            return new CheckResult(check.info(), Outcome.UNKNOWN, List.of());
        }
        boolean unchecked =
                check.lacksFacts(facts) || facts.isPartial() && check.info().topic() != Topic.PERMISSIONS;
        Outcome outcome = findings.isEmpty() && unchecked ? Outcome.UNKNOWN : worst(findings);
        return new CheckResult(check.info(), outcome, findings);
    }

    /** Merges equal findings on several pods into one finding with the list of pods. */
    private static List<Finding> deduplicate(CheckInfo info, List<Finding> findings) {
        Budget budget = Budget.current();
        Map<Finding, List<Finding>> byContent = new LinkedHashMap<>();
        try {
            for (Finding finding : findings) {
                budget.charge(Limit.WORK_UNITS, 1 + finding.pods().size());
                Finding withoutPods = finding.with(Impact.of(finding.impact().ending()));
                List<Finding> equalFindings = byContent.get(withoutPods);
                if (equalFindings == null) {
                    budget.charge(Limit.FINDINGS, 1);
                    equalFindings = new ArrayList<>();
                    byContent.put(withoutPods, equalFindings);
                }
                equalFindings.add(finding);
            }
        } catch (OverBudget e) {
            budget.leftOut("further findings of check " + info.id(), e);
        }
        byContent
                .values()
                .forEach(equalFindings -> equalFindings.stream()
                        .skip(1)
                        .forEach(each -> budget.giveBack(Limit.TEXT_CHARACTERS, each.characters())));
        return byContent.values().stream()
                .map(Finding::onAllPods)
                .map(Finding::judged)
                .map(Findings::withFixesCharged)
                .toList();
    }

    private static Outcome worst(List<Finding> findings) {
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.WARN, Outcome.UNKNOWN)) {
            if (findings.stream().anyMatch(finding -> finding.outcome() == outcome)) {
                return outcome;
            }
        }
        return Outcome.PASS;
    }
}
