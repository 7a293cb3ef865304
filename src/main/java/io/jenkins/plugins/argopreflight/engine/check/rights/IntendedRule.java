package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A rule of a bound Role that was probably meant to grant a missing right, but has another group, resource or names.
 * The fix of the Role is a {@link RoleFix}.
 */
final class IntendedRule {

    private static final List<String> ANY = List.of("*");

    private final ObjectNode role;
    private final int index;
    private final PolicyRule rule;

    private IntendedRule(ObjectNode role, int index, PolicyRule rule) {
        this.role = role;
        this.index = index;
        this.rule = rule;
    }

    /** Returns the fix of the first rule that was probably meant to grant one of the rights; empty if there is none. */
    static Optional<RoleFix> fix(ObjectNode role, List<PolicyRule> rules, List<Right> missingRights) {
        for (int i = 0; i < rules.size(); i++) {
            IntendedRule each = new IntendedRule(role, i, rules.get(i));
            Optional<RoleFix> fix = missingRights.stream()
                    .flatMap(right -> each.fix(right, missingRights).stream())
                    .findFirst();
            if (fix.isPresent()) {
                return fix;
            }
        }
        return Optional.empty();
    }

    /** Returns the fix if this rule was probably meant to grant a right. */
    private Optional<RoleFix> fix(Right right, List<Right> missingRights) {
        boolean isResourceMatching = isCovered(right, rule.apiGroups(), rule.resources());
        if (isResourceMatching && !rule.resourceNames().isEmpty()) {
            return roleFix(
                    "resourceNames", "grants that only for the names " + join(rule.resourceNames()), missingRights);
        }
        boolean hasWildcard = rule.apiGroups().contains("*") || rule.resources().contains("*");
        if (!hasWildcard && isCovered(right, ANY, rule.resources())) {
            return roleFix("apiGroups", "names the resource in another API group", missingRights);
        }
        boolean isGroupMatching = rule.apiGroups().contains(right.group());
        Predicate<String> isSimilar = resource ->
                resource.equalsIgnoreCase(right.resource()) || (resource + "s").equalsIgnoreCase(right.resource());
        if (isGroupMatching && rule.resources().stream().anyMatch(isSimilar)) {
            return roleFix("resources", "grants only " + join(rule.resources()), missingRights);
        }
        return Optional.empty();
    }

    /** Returns whether a rule with all verbs and all names allows the right. */
    private static boolean isCovered(Right right, List<String> groups, List<String> resources) {
        List<String> allNames = List.of();
        return new PolicyRule(ANY, groups, resources, allNames).allows(right);
    }

    private Optional<RoleFix> roleFix(String field, String problem, List<Right> missingRights) {
        String name = KubeObjects.name(role);
        return Optional.of(new RoleFix(
                Subject.of("Role", KubeObjects.namespace(role), name, "rules[" + index + "]." + field),
                "Role " + name + " " + problem,
                Optional.of(RoleFix.addRules(role, missingRights))));
    }

    private static String join(List<String> texts) {
        return String.join(", ", texts);
    }
}
