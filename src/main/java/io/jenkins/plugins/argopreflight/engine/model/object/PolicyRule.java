package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * An RBAC rule over resources, as in Roles and SelfSubjectRulesReviews.
 *
 * @param verbs with {@code *} for all
 * @param apiGroups "" for core, {@code *} for all
 * @param resources such as {@code pods}, {@code pods/log}; a star for all, also in front of a subresource
 * @param resourceNames empty for all names
 */
public record PolicyRule(
        List<String> verbs, List<String> apiGroups, List<String> resources, List<String> resourceNames) {

    public PolicyRule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        resourceNames = List.copyOf(resourceNames);
    }

    /** The rule that allows everything, as cluster-admin does. */
    public static final PolicyRule ALL = new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of());

    public static PolicyRule of(JsonNode rule) {
        return new PolicyRule(
                texts(rule, "verbs"), texts(rule, "apiGroups"), texts(rule, "resources"), texts(rule, "resourceNames"));
    }

    /**
     * Returns whether this rule allows the right in a namespace to which the rule applies.
     *
     * @see
     *     <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/rbac/v1/evaluation_helpers.go">VerbMatches,
     *     APIGroupMatches, ResourceMatches, ResourceNameMatches</a>
     */
    public boolean allows(Right right) {
        return allowsSomeName(right) && (resourceNames.isEmpty() || resourceNames.contains(right.name()));
    }

    /** Returns whether this rule allows the right for at least one object, whatever its name is. */
    public boolean allowsSomeName(Right right) {
        return matches(verbs, right.verb())
                && matches(apiGroups, right.group())
                && resourceMatches(right.resource(), right.subresource());
    }

    private boolean resourceMatches(String resource, String subresource) {
        String combined = subresource.isEmpty() ? resource : resource + "/" + subresource;
        return matches(resources, combined) || !subresource.isEmpty() && resources.contains("*/" + subresource);
    }

    private static boolean matches(List<String> allowed, String value) {
        return allowed.contains("*") || allowed.contains(value);
    }

    /** Returns the rights of this rule. A {@code *} of the rule is a {@code *} of its rights. */
    public List<Right> rights(String namespace) {
        List<Right> rights = new ArrayList<>();
        for (String verb : verbs) {
            for (String group : apiGroups) {
                for (String resource : resources) {
                    String[] parts = resource.split("/", 2);
                    Right right = new Right(verb, group, parts[0], parts.length > 1 ? parts[1] : "", namespace, "");
                    if (resourceNames.isEmpty()) {
                        rights.add(right);
                    }
                    resourceNames.forEach(name -> rights.add(right.named(name)));
                }
            }
        }
        return rights;
    }

    public ObjectNode toJson() {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        verbs.forEach(rule.putArray("verbs")::add);
        apiGroups.forEach(rule.putArray("apiGroups")::add);
        resources.forEach(rule.putArray("resources")::add);
        if (!resourceNames.isEmpty()) {
            resourceNames.forEach(rule.putArray("resourceNames")::add);
        }
        return rule;
    }

    private static List<String> texts(JsonNode rule, String field) {
        List<String> texts = new ArrayList<>();
        rule.path(field).forEach(text -> texts.add(Json.text(text)));
        return texts;
    }
}
