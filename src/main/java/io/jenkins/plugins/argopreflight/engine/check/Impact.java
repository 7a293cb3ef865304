package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The effect of a defect on the run: the way in which it ends a node, and the conditions under which the affected nodes
 * exist.
 *
 * @param nodes the conditions of the affected nodes; empty if the defect concerns the workflow as a whole
 */
record Impact(Ending ending, Set<Existence> nodes) {

    static final Impact NONE = of(Ending.ERROR);

    /** Limits the conditions in a sentence; there can be one for each item of a loop. */
    private static final int MAX_SHOWN_CONDITIONS = 3;

    static Impact of(Ending ending) {
        return new Impact(ending, Set.of());
    }

    /** Returns this impact with another way in which it ends a node. */
    Impact ending(Ending other) {
        return new Impact(other, nodes);
    }

    /** Returns this impact on nodes that exist under other conditions. */
    Impact on(Collection<Existence> all) {
        return new Impact(ending, Set.copyOf(all));
    }

    /** Combines impacts with the same ending. If one concerns the workflow as a whole, the result does. */
    static Impact together(List<Impact> all) {
        Ending ending = all.get(0).ending;
        if (all.stream().anyMatch(each -> each.nodes.isEmpty())) {
            return of(ending);
        }
        Set<Existence> nodes = new LinkedHashSet<>();
        all.forEach(each -> nodes.addAll(each.nodes));
        return new Impact(ending, nodes);
    }

    /** Returns the reason why the workflow can succeed in spite of the defect; "" if it cannot. */
    String excuse() {
        List<Optional<String>> excuses =
                nodes.stream().map(node -> node.excuse(ending)).distinct().toList();
        if (excuses.stream().anyMatch(Optional::isEmpty)) {
            return "";
        }
        List<String> reasons =
                excuses.stream().flatMap(Optional::stream).sorted().toList();
        String more = reasons.size() > MAX_SHOWN_CONDITIONS
                ? "; or " + (reasons.size() - MAX_SHOWN_CONDITIONS) + " more"
                : "";
        return reasons.stream().limit(MAX_SHOWN_CONDITIONS).collect(Collectors.joining("; or ")) + more;
    }
}
