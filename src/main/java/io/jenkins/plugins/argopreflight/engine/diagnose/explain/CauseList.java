package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Causes, each once with all of its nodes, the most important first. */
final class CauseList {

    /** Lines of logs come on top: those of a few containers. */
    private static final int EVIDENCE = 16;

    /** Kinds of which each pod has its own. */
    private static final Set<String> OF_ONE_POD = Set.of("Pod", "WorkflowTaskResult");

    /** They say how it ended, and others why. */
    private static final Set<String> GENERAL = Set.of("container-failed", Suspect.DEADLINE);

    private final Map<List<String>, Cause> causes = new LinkedHashMap<>();
    private final Map<List<String>, Cause> later = new LinkedHashMap<>();

    boolean isEmpty() {
        return causes.isEmpty();
    }

    /** Whether there are some, and each is of one of these checks. */
    boolean isOnly(Set<String> checks) {
        return !isEmpty() && causes.values().stream().allMatch(cause -> checks.contains(cause.check()));
    }

    void add(Cause cause) {
        causes.merge(key(cause), cause, CauseList::together);
    }

    /** One that has not shown yet; the same one that has stays as it is. */
    void addLater(Cause cause) {
        later.putIfAbsent(key(cause), cause);
    }

    /** Permanent ones first, then those that stop more nodes, then in the order in which they were found. */
    List<Cause> all() {
        List<Cause> all = new ArrayList<>(causes.values());
        all.removeIf(this::isFollowedFromAnother);
        all.sort(Comparator.comparing((Cause cause) -> !cause.permanent())
                .thenComparing(cause -> cause.check().equals("unrecognised"))
                .thenComparing(cause -> GENERAL.contains(cause.check()))
                .thenComparing(cause -> -cause.nodes().size()));
        later.forEach((key, cause) -> {
            if (!causes.containsKey(key)) {
                all.add(cause);
            }
        });
        return List.copyOf(all);
    }

    /** Whether other causes explain each node that only ended with a code or a deadline. */
    private boolean isFollowedFromAnother(Cause general) {
        Set<String> explained = new LinkedHashSet<>();
        causes.values().stream()
                .filter(cause -> !GENERAL.contains(cause.check())
                        && (cause.permanent() || general.check().equals(Suspect.DEADLINE)))
                .forEach(cause -> explained.addAll(cause.nodes()));
        return GENERAL.contains(general.check())
                && !general.nodes().isEmpty()
                && explained.containsAll(general.nodes());
    }

    /** A pod that no one fixes stands for all pods with the same problem. */
    private static List<String> key(Cause cause) {
        Cause.Subject subject = cause.subject();
        boolean pod = OF_ONE_POD.contains(subject.kind());
        return List.of(
                cause.check(),
                subject.kind(),
                subject.namespace(),
                pod ? "" : subject.name(),
                subject.container(),
                subject.path(),
                pod || cause.check().equals("unrecognised") ? "" : cause.title());
    }

    private static Cause together(Cause one, Cause other) {
        Set<String> nodes = new LinkedHashSet<>(one.nodes());
        nodes.addAll(other.nodes());
        List<Evidence> evidence = new ArrayList<>(one.evidence());
        other.evidence().stream()
                .filter(each -> each.isLog()
                        || evidence.size() < EVIDENCE
                                && evidence.stream()
                                        .noneMatch(seen -> seen.text().equals(each.text())))
                .forEach(evidence::add);
        return one.on(List.copyOf(nodes)).shownBy(evidence);
    }
}
