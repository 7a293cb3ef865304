package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collector;

/**
 * The findings of a check, in their order. Each is charged to the limit {@code text} when it is added, so that a check
 * of a hostile manifest ends before it takes all memory.
 */
public final class Findings extends AbstractList<Finding> {

    private final List<Finding> findings = new ArrayList<>();

    /** Returns a collector of a stream of findings, which charges each of them. */
    public static Collector<Finding, ?, List<Finding>> collector() {
        return Collector.of(Findings::new, List::add, (left, right) -> {
            throw new UnsupportedOperationException("findings are collected in their order");
        });
    }

    /** Returns findings that are charged: the list itself if it charged them already. */
    static List<Finding> charged(List<Finding> findings) {
        if (findings instanceof Findings) {
            return findings;
        }
        List<Finding> charged = new Findings();
        charged.addAll(findings);
        return charged;
    }

    @Override
    public boolean add(Finding finding) {
        Budget.current().chargeText(finding.characters());
        return findings.add(finding);
    }

    /** Adds findings, each changed by a function. It does not charge those of a list that charged them already. */
    void addAll(List<Finding> others, UnaryOperator<Finding> change) {
        List<Finding> target = others instanceof Findings ? findings : this;
        others.forEach(finding -> target.add(change.apply(finding)));
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
