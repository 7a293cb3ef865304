package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A fix of the Role or binding that nearly grants a ServiceAccount the missing rights, which is a smaller change than a
 * new Role.
 *
 * @param subject the object to fix and its field
 * @param description the problem of the object
 * @param fix the fix; empty if only a new Role helps
 */
record RoleFix(Subject subject, String description, Optional<Fix> fix) {

    /**
     * Returns the first fix of a Role or binding in the namespace of the rights; empty if there is none, or if the
     * Roles and bindings could not be read.
     */
    static Optional<RoleFix> of(ClusterView cluster, String user, List<Right> missingRights) {
        Optional<ServiceAccount> account = Identity.serviceAccount(user);
        if (account.isEmpty() || missingRights.get(0).namespace().isEmpty()) {
            return Optional.empty();
        }
        String namespace = missingRights.get(0).namespace();
        List<ObjectNode> roles =
                cluster.list(Resource.ROLES, namespace).ifKnown().orElse(List.of());
        List<ObjectNode> bindings =
                cluster.list(Resource.ROLE_BINDINGS, namespace).ifKnown().orElse(List.of());
        boolean rolesKnown = cluster.list(Resource.ROLES, namespace).ifKnown().isPresent();
        List<RoleFix> fixes = new ArrayList<>();
        for (ObjectNode binding : bindings) {
            Optional<ObjectNode> role = role(binding, roles);
            if (binds(binding, account.get(), namespace)) {
                role.flatMap(each -> withMissingVerbs(each, missingRights)).ifPresent(fixes::add);
                if (role.isEmpty() && rolesKnown && refersToRole(binding)) {
                    fixes.add(withMissingRole(binding));
                }
            } else if (role.filter(each -> grants(each, missingRights)).isPresent()) {
                withWrongSubject(binding, account.get()).ifPresent(fixes::add);
            }
        }
        return fixes.stream().findFirst();
    }

    /** Returns a Role in the namespace to which the account is already bound, regardless of its rules. */
    static Optional<Subject> anyRole(ClusterView cluster, String user, String namespace) {
        List<ObjectNode> roles =
                cluster.list(Resource.ROLES, namespace).ifKnown().orElse(List.of());
        return Identity.serviceAccount(user)
                .flatMap(account -> cluster.list(Resource.ROLE_BINDINGS, namespace).ifKnown().orElse(List.of()).stream()
                        .filter(binding -> binds(binding, account, namespace))
                        .flatMap(binding -> role(binding, roles).stream())
                        .findFirst())
                .map(role -> Subject.of("Role", namespace, KubeObjects.name(role), "rules"));
    }

    private static boolean refersToRole(ObjectNode binding) {
        return Json.text(binding, "roleRef", "kind").equals("Role");
    }

    private static Optional<ObjectNode> role(ObjectNode binding, List<ObjectNode> roles) {
        String name = Json.text(binding, "roleRef", "name");
        return roles.stream()
                .filter(role -> refersToRole(binding) && KubeObjects.name(role).equals(name))
                .findFirst();
    }

    private static boolean binds(ObjectNode binding, ServiceAccount account, String namespace) {
        for (JsonNode subject : binding.path("subjects")) {
            if (Json.text(subject, "kind").equals("ServiceAccount")
                    && Json.text(subject, "name").equals(account.name())
                    && namespace(subject, namespace).equals(account.namespace())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the namespace of a subject, or that of the binding if the subject has none. */
    private static String namespace(JsonNode subject, String bindingNamespace) {
        String namespace = Json.text(subject, "namespace");
        return namespace.isEmpty() ? bindingNamespace : namespace;
    }

    private static boolean grants(ObjectNode role, List<Right> missingRights) {
        return missingRights.stream().allMatch(right -> rules(role).stream().anyMatch(rule -> rule.allows(right)));
    }

    private static List<PolicyRule> rules(ObjectNode role) {
        List<PolicyRule> rules = new ArrayList<>();
        role.path("rules").forEach(rule -> rules.add(PolicyRule.of(rule)));
        return rules;
    }

    /**
     * Returns the fix of a rule that has the resource of the missing rights and lacks their verbs, else of a rule that
     * has another API group or resource, or only some names ({@link IntendedRule}).
     */
    private static Optional<RoleFix> withMissingVerbs(ObjectNode role, List<Right> missingRights) {
        List<PolicyRule> rules = rules(role);
        for (int i = 0; i < rules.size(); i++) {
            PolicyRule rule = rules.get(i);
            PolicyRule anyVerb = new PolicyRule(List.of("*"), rule.apiGroups(), rule.resources(), rule.resourceNames());
            if (missingRights.stream().allMatch(anyVerb::allows)) {
                String namespace = KubeObjects.namespace(role);
                String path = "rules[" + i + "].verbs";
                return Optional.of(new RoleFix(
                        Subject.of("Role", namespace, KubeObjects.name(role), path),
                        "Role " + KubeObjects.name(role) + " grants only " + String.join(", ", rule.verbs()),
                        Optional.of(
                                grantsOnly(missingRights, rule)
                                        ? RunCommands.of(patch("Role", role)
                                                .with("--type=json")
                                                .patch(JsonPatch.add("/rules/" + i + "/verbs/-", verbs(missingRights))))
                                        : addRules(role, missingRights))));
            }
        }
        return IntendedRule.fix(role, rules, missingRights);
    }

    /** Returns whether adding the verbs to the rule grants only the missing rights. */
    private static boolean grantsOnly(List<Right> missingRights, PolicyRule rule) {
        List<String> verbs = missingRights.stream().map(Right::verb).toList();
        List<Right> anyName =
                missingRights.stream().map(right -> right.named("")).toList();
        return new PolicyRule(verbs, rule.apiGroups(), rule.resources(), List.of())
                .rights(missingRights.get(0).namespace()).stream().allMatch(anyName::contains);
    }

    private static List<TextNode> verbs(List<Right> missingRights) {
        return missingRights.stream()
                .map(Right::verb)
                .distinct()
                .map(TextNode::valueOf)
                .toList();
    }

    /** Returns the fix that adds rules for the rights and leaves the other rules of the Role unchanged. */
    static Fix addRules(ObjectNode role, List<Right> missingRights) {
        List<ObjectNode> rules = missingRights.stream()
                .map(right -> granting(right).toJson())
                .distinct()
                .toList();
        return RunCommands.of(patch("Role", role).with("--type=json").patch(JsonPatch.add("/rules/-", rules)));
    }

    private static PolicyRule granting(Right right) {
        String resource = right.resource() + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
        return new PolicyRule(List.of(right.verb()), List.of(right.group()), List.of(resource), List.of());
    }

    /** Returns the beginning of the command {@code kubectl patch} for a Role or a binding. */
    static Command patch(String kind, ObjectNode object) {
        return Command.kubectl("patch")
                .with(Operand.text(kind.toLowerCase(Locale.ROOT)))
                .name(kind, KubeObjects.name(object))
                .namespace(KubeObjects.namespace(object));
    }

    private static RoleFix withMissingRole(ObjectNode binding) {
        String role = Json.text(binding, "roleRef", "name");
        return new RoleFix(
                Subject.of("RoleBinding", KubeObjects.namespace(binding), KubeObjects.name(binding), "roleRef.name"),
                "RoleBinding " + KubeObjects.name(binding) + " refers to Role " + role
                        + ", which does not exist in namespace " + KubeObjects.namespace(binding),
                Optional.empty());
    }

    /**
     * Returns the fix of a binding to the right Role whose subject is a user, or a ServiceAccount of the same name in
     * another namespace.
     */
    private static Optional<RoleFix> withWrongSubject(ObjectNode binding, ServiceAccount account) {
        String namespace = KubeObjects.namespace(binding);
        for (int i = 0; i < binding.path("subjects").size(); i++) {
            JsonNode subject = binding.path("subjects").path(i);
            String kind = Json.text(subject, "kind");
            if (Json.text(subject, "name").equals(account.name())) {
                String subjectName = kind.equals("ServiceAccount")
                        ? "ServiceAccount " + account.name() + " of namespace " + namespace(subject, namespace)
                        : kind + " " + account.name();
                return Optional.of(new RoleFix(
                        Subject.of("RoleBinding", namespace, KubeObjects.name(binding), "subjects[" + i + "]"),
                        "RoleBinding " + KubeObjects.name(binding) + " binds " + subjectName
                                + ", not the ServiceAccount of namespace " + account.namespace(),
                        Optional.of(RunCommands.of(patch("RoleBinding", binding)
                                .with("--type=json")
                                .requiring(
                                        Operand.name("ServiceAccount", account.name()),
                                        Operand.namespace(account.namespace()))
                                .patch(JsonPatch.add(
                                        "/subjects/-",
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("kind", "ServiceAccount")
                                                .put("name", account.name())
                                                .put("namespace", account.namespace())))))));
            }
        }
        return Optional.empty();
    }
}
