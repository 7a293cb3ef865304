package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SELF_SUBJECT_RULES_REVIEWS;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The rights of our login in the cluster, determined by as few requests as possible: one request for all namespaces if
 * its answer is yes, otherwise one for each namespace, and one for each right only if the server cannot list its rules.
 */
public final class Access {

    private final ClusterGateway cluster;
    private final int concurrency;
    private final AccessReview review;
    private final boolean someName;
    private final Map<String, List<PolicyRule>> listed = new ConcurrentHashMap<>();

    /**
     * Creates an access.
     *
     * @param concurrency the number of requests that run at the same time
     */
    public Access(ClusterGateway cluster, int concurrency) {
        this(cluster, concurrency, /* someName= */ false);
    }

    private Access(ClusterGateway cluster, int concurrency, boolean someName) {
        this.cluster = cluster;
        this.concurrency = concurrency;
        this.review = new AccessReview(cluster);
        this.someName = someName;
    }

    /**
     * Returns an access for objects whose names are not known yet: a rule that is limited to names grants the right,
     * whatever the names are.
     */
    public static Access toSomeName(ClusterGateway cluster, int concurrency) {
        return new Access(cluster, concurrency, /* someName= */ true);
    }

    /**
     * Returns whether each right is granted to our login, in the given order; Unknown if the server could not determine
     * it.
     *
     * @throws ClusterException only when interrupted
     */
    public Map<Right, Fact<Boolean>> ask(Collection<Right> rights) {
        Map<Right, Fact<Boolean>> answers = new ConcurrentHashMap<>();
        List<Right> unanswered = new ArrayList<>(new LinkedHashSet<>(rights));
        Map<Right, List<Right>> byKind = unanswered.stream()
                .filter(right -> !right.namespace().isEmpty())
                .collect(Collectors.groupingBy(Access::inAllNamespaces, LinkedHashMap::new, Collectors.toList()));
        long namespaces = unanswered.stream()
                .map(Right::namespace)
                .filter(in -> !in.isEmpty())
                .distinct()
                .count();
        if (byKind.size() < namespaces) {
            inParallel(byKind.keySet(), kind -> askForAllNamespaces(kind, requireNonNull(byKind.get(kind)), answers));
        }
        unanswered.removeAll(answers.keySet());
        Map<String, List<Right>> byNamespace = unanswered.stream()
                .collect(Collectors.groupingBy(Right::namespace, LinkedHashMap::new, Collectors.toList()));
        inParallel(
                byNamespace.keySet(),
                namespace -> askForNamespace(namespace, requireNonNull(byNamespace.get(namespace)), answers));
        Map<Right, Fact<Boolean>> ordered = new LinkedHashMap<>();
        rights.forEach(right -> ordered.put(right, answers.get(right)));
        return ordered;
    }

    /**
     * Returns the names of the objects to which rules limit a right, if {@link #ask} has listed the rules; empty if a
     * rule grants the right for all objects, or no rule grants it.
     */
    public List<String> names(Right right) {
        List<PolicyRule> rules = listed.getOrDefault(right.namespace(), List.of()).stream()
                .filter(rule -> rule.allowsSomeName(right))
                .toList();
        return rules.stream().anyMatch(rule -> rule.resourceNames().isEmpty())
                ? List.of()
                : rules.stream()
                        .flatMap(rule -> rule.resourceNames().stream())
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static Right inAllNamespaces(Right right) {
        return new Right(right.verb(), right.group(), right.resource(), right.subresource(), "", "");
    }

    /** Answers the rights if our login has them in all namespaces. */
    private void askForAllNamespaces(Right kind, List<Right> rights, Map<Right, Fact<Boolean>> answers) {
        Fact<Boolean> answer = review.ask(kind);
        if (answer.ifKnown().orElse(false)) {
            rights.forEach(right -> answers.put(right, answer));
        }
    }

    private void askForNamespace(String namespace, List<Right> rights, Map<Right, Fact<Boolean>> answers) {
        Optional<List<PolicyRule>> rules =
                namespace.isEmpty() || rights.size() == 1 && !someName ? Optional.empty() : rules(namespace);
        rules.ifPresent(list -> listed.put(namespace, list));
        for (Right right : rights) {
            answers.put(
                    right,
                    rules.map(list -> Fact.known(list.stream()
                                    .anyMatch(rule -> someName ? rule.allowsSomeName(right) : rule.allows(right))))
                            .orElseGet(() -> review.ask(right)));
        }
    }

    /** Returns all rules that apply to our login in a namespace; empty if the server cannot list all of them. */
    private Optional<List<PolicyRule>> rules(String namespace) {
        ObjectNode asked = KubeObjects.of(SELF_SUBJECT_RULES_REVIEWS, "", "");
        asked.putObject("spec").put("namespace", namespace);
        try {
            ObjectNode answer = cluster.create(SELF_SUBJECT_RULES_REVIEWS, asked, WriteMode.REAL);
            boolean isComplete = answer.path("status").path("resourceRules").isArray()
                    && !answer.path("status").path("incomplete").asBoolean()
                    && Json.text(answer, "status", "evaluationError").isEmpty();
            List<PolicyRule> rules = new ArrayList<>();
            answer.path("status").path("resourceRules").forEach(rule -> rules.add(PolicyRule.of(rule)));
            return isComplete ? Optional.of(rules) : Optional.empty();
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private <T> void inParallel(Collection<T> items, java.util.function.Consumer<T> task) {
        Parallel.forEach(items, concurrency, task);
    }
}
