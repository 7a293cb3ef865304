package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The rules that RoleBindings and ClusterRoleBindings grant to a user.
 *
 * @see
 *     <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/registry/rbac/validation/rule.go">VisitRulesFor
 *     and appliesToUser</a>
 */
public final class Rbac {

    private static final String MASTERS = "system:masters";

    private final Source source;

    public Rbac(Source source) {
        this.source = source;
    }

    /** The source of the Roles and bindings. */
    public interface Source {

        /** Returns the RoleBindings of a namespace; with "" the ClusterRoleBindings. */
        Collection<ObjectNode> bindings(String namespace);

        /** Returns a Role of a namespace; with "" a ClusterRole. */
        Optional<ObjectNode> role(String namespace, String name);
    }

    /** Returns whether the rules grant a right to a user; the group system:masters has all rights. */
    public boolean allows(Identity who, Right right) {
        return rules(who, right.namespace()).stream().anyMatch(rule -> rule.allows(right));
    }

    /** Returns the rules that apply to a user in a namespace; with "" only those of ClusterRoleBindings. */
    public List<PolicyRule> rules(Identity who, String namespace) {
        List<PolicyRule> rules = new ArrayList<>();
        if (who.groups().contains(MASTERS)) {
            rules.add(PolicyRule.ALL);
        }
        addRules(who, "", rules);
        if (!namespace.isEmpty()) {
            addRules(who, namespace, rules);
        }
        return rules;
    }

    private void addRules(Identity who, String namespace, List<PolicyRule> rules) {
        for (ObjectNode binding : source.bindings(namespace)) {
            if (appliesTo(binding, who, namespace)) {
                role(binding, namespace)
                        .ifPresent(role -> role.path("rules").forEach(rule -> {
                            if (!rule.path("resources").isEmpty()) {
                                rules.add(PolicyRule.of(rule));
                            }
                        }));
            }
        }
    }

    private Optional<ObjectNode> role(ObjectNode binding, String namespace) {
        boolean isClusterRole = Json.text(binding, "roleRef", "kind").equals("ClusterRole");
        String name = Json.text(binding, "roleRef", "name");
        return namespace.isEmpty() && !isClusterRole
                ? Optional.empty()
                : source.role(isClusterRole ? "" : namespace, name);
    }

    private static boolean appliesTo(ObjectNode binding, Identity who, String namespace) {
        for (JsonNode subject : binding.path("subjects")) {
            if (BindingSubject.of(subject, namespace).appliesTo(who)) {
                return true;
            }
        }
        return false;
    }
}
