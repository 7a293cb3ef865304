package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs checks over facts; it knows none of them. */
public final class CheckRunner {

    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    /** With fewer pods the checks take less time than to start threads. */
    private static final int MANY_PODS = 20;

    private final List<Check> checks;

    public CheckRunner(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * One result a check, in their order; they run side by side.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public List<CheckResult> run(Facts facts) {
        Map<Check, CheckResult> results = new ConcurrentHashMap<>();
        int threads = facts.pods().count() < MANY_PODS ? 1 : THREADS;
        Parallel.forEach(checks, threads, check -> results.put(check, run(check, facts)));
        return checks.stream().map(results::get).toList();
    }

    private static CheckResult run(Check check, Facts facts) {
        if (!check.applies(facts)) {
            return new CheckResult(check.info(), Outcome.SKIPPED, List.of());
        }
        List<Finding> findings;
        try {
            Budget.current().charge(Limit.WORK, 1);
            findings = deduplicate(check.info(), check.check(facts));
        } catch (OverBudget e) {
            Budget.current().leftOut("check " + check.info().id(), e);
            return new CheckResult(check.info(), Outcome.UNKNOWN, List.of());
        }
        boolean blind =
                check.isBlind(facts) || facts.isPartial() && check.info().topic() != Topic.PERMISSIONS;
        Outcome outcome = findings.isEmpty() && blind ? Outcome.UNKNOWN : worst(findings);
        return new CheckResult(check.info(), outcome, findings);
    }

    /** The same finding on twenty pods is one finding with the list of pods. */
    private static List<Finding> deduplicate(CheckInfo info, List<Finding> findings) {
        Budget budget = Budget.current();
        Map<Finding, List<Finding>> all = new LinkedHashMap<>();
        try {
            for (Finding finding : findings) {
                budget.charge(Limit.WORK, 1 + finding.pods().size());
                Finding bare =
                        finding.suffering(List.of(), Impact.of(finding.impact().ending()));
                List<Finding> same = all.get(bare);
                if (same == null) {
                    budget.charge(Limit.FINDINGS, 1);
                    same = new ArrayList<>();
                    all.put(bare, same);
                }
                same.add(finding);
            }
        } catch (OverBudget e) {
            budget.leftOut("further findings of check " + info.id(), e);
        }
        all.values()
                .forEach(same -> same.stream().skip(1).forEach(each -> budget.giveBack(Limit.TEXT, each.charged())));
        return all.values().stream()
                .map(Finding::onAllPods)
                .map(Finding::judged)
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
