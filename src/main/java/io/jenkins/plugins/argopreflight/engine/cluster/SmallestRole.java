package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.fact.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the Role that grants just the given rights, and its binding, for {@code kubectl apply -f -}. */
public final class SmallestRole {

    /** Verbs whose requests carry no name, so that resourceNames never match them. */
    private static final Set<String> NAMELESS = Set.of("create", "deletecollection");

    private static final Set<String> BY_FIELD = Set.of("list", "watch");

    private SmallestRole() {}

    /**
     * A Role and a RoleBinding a namespace; a ClusterRole and its binding for rights without a namespace. Each is named
     * after its rules, so that to apply one takes nothing away that another granted.
     *
     * @param user whom to grant them, such as {@code system:serviceaccount:ci:bot}; "" when it is not known
     */
    public static String yaml(Collection<Right> rights, String user) {
        Map<String, List<Right>> byNamespace =
                rights.stream().collect(Collectors.groupingBy(Right::namespace, TreeMap::new, Collectors.toList()));
        List<String> documents = new ArrayList<>();
        byNamespace.forEach((namespace, in) -> {
            String rules = rules(in);
            boolean cluster = namespace.isEmpty();
            String name = "argo-preflight-" + Integer.toHexString((rules + user).hashCode());
            String metadata =
                    "metadata:\n  name: " + name + "\n" + (cluster ? "" : "  namespace: " + quoted(namespace) + "\n");
            String kind = cluster ? "ClusterRole" : "Role";
            documents.add(head(kind) + metadata + "rules:\n" + rules);
            documents.add(head(kind + "Binding") + metadata
                    + "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: " + kind + "\n  name: " + name + "\n"
                    + "subjects:\n" + subject(user));
        });
        return String.join("---\n", documents);
    }

    private static String head(String kind) {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\n";
    }

    /** What one rule is about; its order is the order of the rules. */
    private record Target(String group, String resource, String name) implements Comparable<Target> {
        @Override
        public int compareTo(Target other) {
            return toString().compareTo(other.toString());
        }
    }

    private static String rules(List<Right> rights) {
        Map<Target, Set<String>> verbs = new TreeMap<>();
        Set<Target> wholly = new LinkedHashSet<>();
        for (Right right : rights) {
            boolean nameless = NAMELESS.contains(right.verb());
            Target target = target(right, nameless ? "" : right.name());
            verbs.computeIfAbsent(target, t -> new TreeSet<>()).add(right.verb());
            if (nameless && !right.name().isEmpty()) {
                wholly.add(target);
            }
        }
        StringBuilder rules = new StringBuilder();
        verbs.forEach((target, of) -> {
            Set<String> left = new TreeSet<>(of);
            if (!target.name().isEmpty()) {
                left.removeAll(verbs.getOrDefault(new Target(target.group(), target.resource(), ""), Set.of()));
            }
            if (!left.isEmpty()) {
                rules.append(rule(target, left, wholly.contains(target)));
            }
        });
        return rules.toString();
    }

    private static Target target(Right right, String name) {
        String resource = right.subresource().isEmpty() ? "" : "/" + right.subresource();
        return new Target(right.group(), right.resource() + resource, name);
    }

    private static String rule(Target target, Set<String> verbs, boolean widened) {
        StringBuilder rule = new StringBuilder();
        if (widened) {
            rule.append("# create cannot be limited by resourceNames: its request carries no name\n");
        }
        if (!target.name().isEmpty() && verbs.stream().anyMatch(BY_FIELD::contains)) {
            rule.append("# list and watch need --field-selector metadata.name=")
                    .append(target.name())
                    .append(" with resourceNames\n");
        }
        rule.append("- apiGroups: [").append(quoted(target.group())).append("]\n");
        rule.append("  resources: [").append(quoted(target.resource())).append("]\n");
        if (!target.name().isEmpty()) {
            rule.append("  resourceNames: [").append(quoted(target.name())).append("]\n");
        }
        String list = verbs.stream().map(SmallestRole::quoted).collect(Collectors.joining(", "));
        return rule.append("  verbs: [").append(list).append("]\n").toString();
    }

    private static String subject(String user) {
        return Identity.serviceAccount(user)
                .map(account -> "- kind: ServiceAccount\n  name: " + quoted(account.name()) + "\n  namespace: "
                        + quoted(account.namespace()) + "\n")
                .orElseGet(() -> "- kind: User\n  apiGroup: rbac.authorization.k8s.io\n  name: "
                        + (user.isEmpty() ? "\"YOUR-USER\" # kubectl auth whoami\n" : quoted(user) + "\n"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
