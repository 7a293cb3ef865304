package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a defect does to the run: how it ends a node, and on which conditions the nodes that have it exist.
 *
 * @param nodes none: it concerns the workflow as a whole
 */
record Impact(Ending ending, Set<Existence> nodes) {

    static final Impact NONE = of(Ending.ERROR);

    /** Conditions that are shown; there can be one for each item of a loop. */
    private static final int SHOWN = 3;

    static Impact of(Ending ending) {
        return new Impact(ending, Set.of());
    }

    Impact ending(Ending other) {
        return new Impact(other, nodes);
    }

    Impact on(Collection<Existence> all) {
        return new Impact(ending, Set.copyOf(all));
    }

    /** All of one ending together. One that concerns the workflow as a whole makes the others of no account. */
    static Impact together(List<Impact> all) {
        Ending ending = all.get(0).ending;
        if (all.stream().anyMatch(each -> each.nodes.isEmpty())) {
            return of(ending);
        }
        Set<Existence> nodes = new LinkedHashSet<>();
        all.forEach(each -> nodes.addAll(each.nodes));
        return new Impact(ending, nodes);
    }

    /** Why the workflow can succeed in spite of it; "" when it cannot. */
    String excuse() {
        List<Optional<String>> excuses =
                nodes.stream().map(node -> node.excuse(ending)).distinct().toList();
        if (excuses.stream().anyMatch(Optional::isEmpty)) {
            return "";
        }
        List<String> words = excuses.stream().flatMap(Optional::stream).sorted().toList();
        String more = words.size() > SHOWN ? "; or " + (words.size() - SHOWN) + " more" : "";
        return words.stream().limit(SHOWN).collect(Collectors.joining("; or ")) + more;
    }
}
