package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;
import java.util.function.Function;

/**
 * A check of each item of one kind, such as each workflow or each given document. A subclass checks one item; this
 * class finds the items and collects the findings in their order.
 *
 * @param <T> the kind of item
 */
public abstract class ItemCheck<T> extends Check {

    private final Function<Facts, List<T>> items;

    protected ItemCheck(CheckInfo info, Function<Facts, List<T>> items) {
        super(info);
        this.items = items;
    }

    /** Returns whether there is something to check in an item. */
    protected boolean concerns(T item) {
        return true;
    }

    /** Returns the problems of an item, and the facts about it that could not be checked. */
    protected abstract List<Finding> check(Facts facts, T item);

    /** Returns the finding with the pod to which the item belongs, or the same finding if it belongs to none. */
    protected Finding withPod(T item, Finding finding) {
        return finding;
    }

    @Override
    public boolean applies(Facts facts) {
        return items.apply(facts).stream().anyMatch(this::concerns);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        for (T item : items.apply(facts)) {
            if (concerns(item)) {
                List<Finding> ofItem = Findings.charged(check(facts, item));
                ofItem.replaceAll(finding -> withPod(item, finding));
                findings.addAll(ofItem);
            }
        }
        return findings;
    }
}
