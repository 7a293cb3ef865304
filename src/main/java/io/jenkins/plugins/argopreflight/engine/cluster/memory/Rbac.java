package io.jenkins.plugins.argopreflight.engine.cluster.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.PolicyRule;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that RoleBindings and ClusterRoleBindings give to somebody.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/registry/rbac/validation/rule.go">
 *     VisitRulesFor and appliesToUser</a>
 */
final class Rbac {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private Rbac() {}

    /** Those that hold in a namespace; with "" only those of ClusterRoleBindings. */
    static List<PolicyRule> rules(MemoryStore store, String user, List<String> groups, String namespace) {
        List<PolicyRule> rules = new ArrayList<>();
        if (groups.contains("system:masters")) {
            rules.add(PolicyRule.ALL);
        }
        for (ObjectNode binding : store.list(GROUP, "clusterrolebindings", "")) {
            if (holdsFor(binding, user, groups, "")) {
                addRole(store, binding, "", rules);
            }
        }
        if (!namespace.isEmpty()) {
            for (ObjectNode binding : store.list(GROUP, "rolebindings", namespace)) {
                if (holdsFor(binding, user, groups, namespace)) {
                    addRole(store, binding, namespace, rules);
                }
            }
        }
        return rules;
    }

    private static void addRole(MemoryStore store, ObjectNode binding, String namespace, List<PolicyRule> rules) {
        boolean cluster = Objects.text(binding, "roleRef", "kind").equals("ClusterRole");
        store.get(
                        GROUP,
                        cluster ? "clusterroles" : "roles",
                        cluster ? "" : namespace,
                        Objects.text(binding, "roleRef", "name"))
                .ifPresent(role -> role.path("rules").forEach(rule -> {
                    if (!rule.path("resources").isEmpty()) {
                        rules.add(PolicyRule.of(rule));
                    }
                }));
    }

    private static boolean holdsFor(ObjectNode binding, String user, List<String> groups, String namespace) {
        for (JsonNode subject : binding.path("subjects")) {
            String name = Objects.text(subject, "name");
            boolean applies =
                    switch (Objects.text(subject, "kind")) {
                        case "User" -> name.equals(user);
                        case "Group" -> groups.contains(name);
                        case "ServiceAccount" -> {
                            String in = Objects.text(subject, "namespace");
                            yield user.equals("system:serviceaccount:" + (in.isEmpty() ? namespace : in) + ":" + name);
                        }
                        default -> false;
                    };
            if (applies) {
                return true;
            }
        }
        return false;
    }
}
