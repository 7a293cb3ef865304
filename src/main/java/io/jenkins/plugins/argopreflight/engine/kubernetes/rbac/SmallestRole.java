package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixYaml;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The Role that grants only the given rights, and its binding, for {@code kubectl apply -f -}. */
public final class SmallestRole {

    /** The verbs whose requests have no name, so that resourceNames never match them. */
    private static final Set<String> NAMELESS = Set.of("create", "deletecollection");

    /** The verbs whose requests match resourceNames only with a field selector. */
    private static final Set<String> BY_FIELD = Set.of("list", "watch");

    private SmallestRole() {}

    /**
     * Returns a Role and a RoleBinding for each namespace; a ClusterRole and its binding for rights without a
     * namespace. The name of each is computed from its rules, so that applying one removes no rule of another one.
     *
     * @param user the user to whom the rights are granted, such as {@code system:serviceaccount:ci:bot}; "" if it is
     *     not known
     */
    public static List<Yaml> documents(Collection<Right> rights, String user) {
        Map<String, List<Right>> byNamespace =
                rights.stream().collect(Collectors.groupingBy(Right::namespace, TreeMap::new, Collectors.toList()));
        List<Yaml> documents = new ArrayList<>();
        byNamespace.forEach((namespace, namespaceRights) -> {
            Yaml rules = rules(namespaceRights);
            String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
            String name = "argo-preflight-" + Integer.toHexString((rules.text() + user).hashCode());
            Yaml metadata = Yaml.of("name: $name").with("name", name);
            if (!namespace.isEmpty()) {
                metadata = metadata.and(
                        Yaml.of("namespace: \"$namespace\"").with("namespace", Operand.namespace(namespace)));
            }
            documents.add(object(kind, metadata).and(rules.under("rules")));
            documents.add(object(kind + "Binding", metadata)
                    .and(Yaml.of("""
                            roleRef:
                              apiGroup: rbac.authorization.k8s.io
                              kind: $kind
                              name: $name
                            subjects:
                            - $subject
                            """).with("kind", kind).with("name", name).with("subject", subject(user))));
        });
        return documents;
    }

    /** Returns the documents as text. */
    public static String yaml(Collection<Right> rights, String user) {
        return FixYaml.text(documents(rights, user));
    }

    private static Yaml object(String kind, Yaml metadata) {
        return Yaml.of("""
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: $kind
                        metadata: $metadata
                        """).with("kind", kind).with("metadata", metadata);
    }

    /** The objects of one rule. Their order is the order of the rules. */
    private record Target(String group, String resource, String name) implements Comparable<Target> {
        @Override
        public int compareTo(Target other) {
            return toString().compareTo(other.toString());
        }
    }

    private static Yaml rules(List<Right> rights) {
        Map<Target, Set<String>> verbs = new TreeMap<>();
        Set<Target> widened = new LinkedHashSet<>();
        for (Right right : rights) {
            boolean isNameless = NAMELESS.contains(right.verb());
            Target target = target(right, isNameless ? "" : right.name());
            verbs.computeIfAbsent(target, t -> new TreeSet<>()).add(right.verb());
            if (isNameless && !right.name().isEmpty()) {
                widened.add(target);
            }
        }
        List<Yaml> rules = new ArrayList<>();
        verbs.forEach((target, targetVerbs) -> {
            Set<String> remaining = new TreeSet<>(targetVerbs);
            if (!target.name().isEmpty()) {
                remaining.removeAll(verbs.getOrDefault(new Target(target.group(), target.resource(), ""), Set.of()));
            }
            if (!remaining.isEmpty()) {
                rules.add(rule(target, remaining, widened.contains(target)));
            }
        });
        return Yaml.list(rules);
    }

    private static Target target(Right right, String name) {
        String resource = right.subresource().isEmpty() ? "" : "/" + right.subresource();
        return new Target(right.group(), right.resource() + resource, name);
    }

    /**
     * Returns a rule.
     *
     * @param isWidened whether a right on one object was requested that can only be granted for all objects
     */
    private static Yaml rule(Target target, Set<String> verbs, boolean isWidened) {
        Yaml rule = Yaml.of("""
                        apiGroups: ["$group"]
                        resources: ["$resource"]
                        """).with("group", target.group()).with("resource", target.resource());
        if (!target.name().isEmpty()) {
            rule = rule.and(Yaml.of("resourceNames: [\"$name\"]").with("name", target.name()));
        }
        rule = rule.and(Yaml.flow(verbs.stream()
                        .map(verb -> Yaml.of("\"$verb\"").with("verb", verb))
                        .toList())
                .under("verbs"));
        if (!target.name().isEmpty() && verbs.stream().anyMatch(BY_FIELD::contains)) {
            rule = rule.commented(
                    "list and watch need --field-selector metadata.name=" + target.name() + " with resourceNames");
        }
        return isWidened
                ? rule.commented("create cannot be limited by resourceNames: its request carries no name")
                : rule;
    }

    private static Yaml subject(String user) {
        return Identity.serviceAccount(user)
                .map(account -> Yaml.of("""
                                kind: ServiceAccount
                                name: "$name"
                                namespace: "$namespace"
                                """)
                        .with("name", Operand.name("ServiceAccount", account.name()))
                        .with("namespace", Operand.namespace(account.namespace())))
                .orElseGet(() -> Yaml.of("""
                                kind: User
                                apiGroup: rbac.authorization.k8s.io
                                """)
                        .and(
                                user.isEmpty()
                                        ? Yaml.of("name: \"YOUR-USER\" # kubectl auth whoami")
                                        : Yaml.of("name: \"$name\"").with("name", user)));
    }
}
