package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A rule of a bound Role that is meant to grant a right and misses it by group, resource or names. */
final class RuleFix {

    private static final List<String> ANY = List.of("*");

    private final ObjectNode role;
    private final int index;
    private final PolicyRule rule;

    private RuleFix(ObjectNode role, int index, PolicyRule rule) {
        this.role = role;
        this.index = index;
        this.rule = rule;
    }

    /** The first such rule. */
    static Optional<RoleFix> of(ObjectNode role, List<PolicyRule> rules, List<Right> missing) {
        for (int i = 0; i < rules.size(); i++) {
            RuleFix each = new RuleFix(role, i, rules.get(i));
            Optional<RoleFix> found = missing.stream()
                    .flatMap(right -> each.misses(right, missing).stream())
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<RoleFix> misses(Right right, List<Right> missing) {
        boolean named = allows(right, rule.apiGroups(), rule.resources(), List.of());
        if (named && !rule.resourceNames().isEmpty()) {
            return found("resourceNames", "grants that only for the names " + join(rule.resourceNames()), missing);
        }
        boolean all = rule.apiGroups().contains("*") || rule.resources().contains("*");
        if (!all && allows(right, ANY, rule.resources(), List.of())) {
            return found("apiGroups", "names the resource in another API group", missing);
        }
        boolean group = rule.apiGroups().contains(right.group());
        Predicate<String> near = resource ->
                resource.equalsIgnoreCase(right.resource()) || (resource + "s").equalsIgnoreCase(right.resource());
        if (group && rule.resources().stream().anyMatch(near)) {
            return found("resources", "grants only " + join(rule.resources()), missing);
        }
        return Optional.empty();
    }

    private boolean allows(Right right, List<String> groups, List<String> resources, List<String> names) {
        return new PolicyRule(ANY, groups, resources, names).allows(right);
    }

    private Optional<RoleFix> found(String field, String words, List<Right> missing) {
        String name = Objects.name(role);
        return Optional.of(new RoleFix(
                Subject.of("Role", Objects.namespace(role), name, "rules[" + index + "]." + field),
                "Role " + name + " " + words,
                Optional.of(add(role, missing))));
    }

    /** Rules of their own for the rights, which leave the others of the Role as they are. */
    static Fix add(ObjectNode role, List<Right> missing) {
        List<ObjectNode> rules = missing.stream()
                .map(right -> granting(right).toJson())
                .distinct()
                .toList();
        return RunCommands.of(RoleFix.patch("Role", role).with("--type=json").patch(JsonPatch.add("/rules/-", rules)));
    }

    private static PolicyRule granting(Right right) {
        String resource = right.resource() + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
        return new PolicyRule(List.of(right.verb()), List.of(right.group()), List.of(resource), List.of());
    }

    private static String join(List<String> texts) {
        return String.join(", ", texts);
    }
}
