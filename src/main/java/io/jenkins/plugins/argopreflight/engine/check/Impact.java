package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The effect of a defect on the run: the affected pods, and the condition on which the workflow fails because of it.
 *
 * @param pods names of the affected pods
 * @param condition the condition on which the finding is a FAIL, if the pods exist only on conditions or the workflow
 *     continues without them; "" if the outcome depends on none, or is not judged yet
 * @param ending the way in which the defect ends a node, for the judgement; not reported
 * @param nodes the conditions of the affected nodes, for the judgement; empty if the defect concerns the workflow as a
 *     whole; not reported
 */
public record Impact(
        List<String> pods,
        String condition,
        @JsonIgnore Ending ending,
        @JsonIgnore Set<Existence> nodes) {

    /** Limits the conditions in a sentence; there can be one for each item of a loop. */
    private static final int MAX_SHOWN_CONDITIONS = 3;

    public Impact {
        pods = List.copyOf(pods);
        condition = condition == null ? "" : condition;
        ending = ending == null ? Ending.ERROR : ending;
        nodes = nodes == null ? Set.of() : Set.copyOf(nodes);
    }

    static Impact of(Ending ending) {
        return new Impact(List.of(), "", ending, Set.of());
    }

    /** Returns this impact with another way in which it ends a node. */
    Impact ending(Ending other) {
        return new Impact(pods, condition, other, nodes);
    }

    /** Returns this impact on these pods, and on the conditions on which they exist. */
    Impact on(Collection<ArgoPod> affected) {
        return new Impact(
                affected.stream().map(ArgoPod::name).distinct().toList(),
                condition,
                ending,
                affected.stream().flatMap(pod -> pod.existences().stream()).collect(Collectors.toSet()));
    }

    /** Returns this impact on one node, with the conditions on which the node exists. */
    Impact on(Existence node) {
        return new Impact(pods, condition, ending, Set.of(node));
    }

    /** Returns this impact on other pods. */
    Impact pods(List<String> names) {
        return new Impact(names, condition, ending, nodes);
    }

    /** Combines impacts with the same ending. If one concerns the workflow as a whole, the result does. */
    static Impact combine(List<Impact> all) {
        boolean isOnWorkflow = all.stream().anyMatch(each -> each.nodes.isEmpty());
        return new Impact(
                all.stream().flatMap(each -> each.pods.stream()).distinct().toList(),
                "",
                all.get(0).ending,
                isOnWorkflow
                        ? Set.of()
                        : all.stream().flatMap(each -> each.nodes.stream()).collect(Collectors.toSet()));
    }

    /**
     * Returns this impact for a report: with the condition of the FAIL, and without the data that only the judgement
     * uses.
     */
    Impact forReport(String failCondition) {
        return new Impact(pods, failCondition, Ending.ERROR, Set.of());
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
