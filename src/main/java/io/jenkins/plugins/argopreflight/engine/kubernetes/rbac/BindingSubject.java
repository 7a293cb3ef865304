package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Collection;
import java.util.Set;

/**
 * A subject of a RoleBinding or ClusterRoleBinding.
 *
 * @param kind User, Group or ServiceAccount
 * @param namespace the namespace of a ServiceAccount; not used for other kinds
 */
public record BindingSubject(String kind, String namespace, String name) {

    /**
     * Reads a subject of a binding.
     *
     * @param bindingNamespace the namespace of the binding, which is that of a ServiceAccount without a namespace
     */
    public static BindingSubject of(JsonNode subject, String bindingNamespace) {
        String namespace = Json.text(subject, "namespace");
        return new BindingSubject(
                Json.text(subject, "kind"),
                namespace.isEmpty() ? bindingNamespace : namespace,
                Json.text(subject, "name"));
    }

    /** Returns whether the binding grants its Role to a user because of this subject. */
    public boolean appliesTo(Identity identity) {
        return appliesTo(Set.of(identity.user()), identity.groups());
    }

    /** Returns whether the binding grants its Role to one of the users or groups because of this subject. */
    public boolean appliesTo(Collection<String> users, Collection<String> groups) {
        return switch (kind) {
            case "User" -> users.contains(name);
            case "Group" -> groups.contains(name);
            case "ServiceAccount" -> users.contains(Identity.userOfServiceAccount(namespace, name));
            default -> false;
        };
    }
}
