package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * A subject of a RoleBinding or ClusterRoleBinding.
 *
 * @param kind User, Group or ServiceAccount
 * @param namespace the namespace of a ServiceAccount
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
    public boolean appliesTo(Identity who) {
        return switch (kind) {
            case "User" -> name.equals(who.user());
            case "Group" -> who.groups().contains(name);
            case "ServiceAccount" -> Identity.user(namespace, name).equals(who.user());
            default -> false;
        };
    }
}
