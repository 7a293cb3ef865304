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

/** The list of causes. Equal causes are merged with all of their nodes; the most important cause comes first. */
final class CauseList {

    /** The maximum number of observations of a merged cause. Lines of container logs are not counted. */
    private static final int MAX_EVIDENCE = 16;

    /** The kinds of objects of which each pod has its own. */
    private static final Set<String> KINDS_PER_POD = Set.of("Pod", "WorkflowTaskResult");

    /** The checks that report how a node ended; other causes report why. */
    private static final Set<String> GENERAL = Set.of("container-failed", Suspect.DEADLINE);

    private final Map<Key, Cause> causes = new LinkedHashMap<>();
    private final Map<Key, Cause> later = new LinkedHashMap<>();

    boolean isEmpty() {
        return causes.isEmpty();
    }

    /** Returns whether there are causes, and all are of these checks. */
    boolean isOnly(Set<String> checks) {
        return !isEmpty() && causes.values().stream().allMatch(cause -> checks.contains(cause.check()));
    }

    void add(IdentifiedCause cause) {
        causes.merge(Key.of(cause), cause.cause(), CauseList::merged);
    }

    /** Adds a cause that has no effect yet. It is ignored if the same cause has an effect already. */
    void addLater(IdentifiedCause cause) {
        later.putIfAbsent(Key.of(cause), cause.cause());
    }

    /**
     * Returns the causes: permanent ones first, then those of a specific problem before those that only report an end
     * or an unrecognised text, then those with more affected nodes. Causes without an effect yet come last.
     */
    List<Cause> all() {
        List<Cause> all = new ArrayList<>(causes.values());
        all.removeIf(this::isExplainedByOthers);
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

    /** Returns whether other causes explain each node of a cause that only reports an exit code or a deadline. */
    private boolean isExplainedByOthers(Cause general) {
        Set<String> explained = new LinkedHashSet<>();
        causes.values().stream()
                .filter(cause -> !GENERAL.contains(cause.check())
                        && (cause.permanent() || general.check().equals(Suspect.DEADLINE)))
                .forEach(cause -> explained.addAll(cause.nodes()));
        return GENERAL.contains(general.check())
                && !general.nodes().isEmpty()
                && explained.containsAll(general.nodes());
    }

    /**
     * The key of equal causes. For a cause in a pod, the subject has no name: all pods with the problem share a cause.
     *
     * @param title the title; {@code ""} if all causes of the check at the subject are equal
     * @param wholeTitle the title before it was shortened; {@code ""} if it was not
     */
    private record Key(String check, Cause.Subject subject, String title, String wholeTitle) {

        static Key of(IdentifiedCause identified) {
            Cause cause = identified.cause();
            Cause.Subject subject = cause.subject();
            if (KINDS_PER_POD.contains(subject.kind())) {
                return new Key(
                        cause.check(),
                        new Cause.Subject(subject.kind(), subject.namespace(), "", subject.container(), subject.path()),
                        "",
                        "");
            }
            return cause.check().equals("unrecognised")
                    ? new Key(cause.check(), subject, "", "")
                    : new Key(cause.check(), subject, cause.title(), identified.wholeTitle());
        }
    }

    private static Cause merged(Cause one, Cause other) {
        Set<String> nodes = new LinkedHashSet<>(one.nodes());
        nodes.addAll(other.nodes());
        List<Evidence> evidence = new ArrayList<>(one.evidence());
        other.evidence().stream()
                .filter(each -> each.isLog()
                        || evidence.size() < MAX_EVIDENCE
                                && evidence.stream()
                                        .noneMatch(seen -> seen.text().equals(each.text())))
                .forEach(evidence::add);
        return one.withNodes(List.copyOf(nodes)).withEvidence(evidence);
    }
}
