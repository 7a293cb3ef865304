package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collector;

/**
 * The findings of a check, in their order. Each is charged to the limit {@code text} when it is added, so that a check
 * of a hostile manifest ends before it takes all memory. A method can return a plain list if its caller adds the
 * findings to an instance of this class, which charges them.
 */
public final class Findings extends AbstractList<Finding> {

    private final List<Finding> findings = new ArrayList<>();

    /** Returns a collector of a stream of findings, which charges each of them. */
    public static Collector<Finding, ?, List<Finding>> collector() {
        return Collector.of(Findings::new, List::add, (left, right) -> {
            throw new UnsupportedOperationException("findings are collected in their order");
        });
    }

    /** Returns findings that are charged to the limit {@code text}: the list itself if it charged them already. */
    static List<Finding> charged(List<Finding> findings) {
        if (findings instanceof Findings) {
            return findings;
        }
        List<Finding> charged = new Findings();
        charged.addAll(findings);
        return charged;
    }

    /** Charges the fixes of a finding, as written for a shell, to the limit {@code text}. */
    static Finding withFixesCharged(Finding finding) {
        Budget.current()
                .chargeText(finding.fixes().stream().mapToLong(Fix::characters).sum());
        return finding;
    }

    @Override
    public boolean add(Finding finding) {
        Budget.current().chargeText(finding.characters());
        return findings.add(finding);
    }

    /** Replaces a finding by one that says the same of other pods. It is charged already. */
    @Override
    public Finding set(int index, Finding finding) {
        return findings.set(index, finding);
    }

    /** Adds findings, and charges them unless they are {@code Findings}, which are charged already. */
    @Override
    public boolean addAll(Collection<? extends Finding> others) {
        return others instanceof Findings ? findings.addAll(others) : super.addAll(others);
    }

    @Override
    public Finding get(int index) {
        return findings.get(index);
    }

    @Override
    public int size() {
        return findings.size();
    }
}
