package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scopes of a ResourceQuota: they decide which pods it counts. Source: kubernetes
 * pkg/quota/v1/evaluator/core/pods.go (podMatchesScopeFunc).
 */
final class QuotaScopes {

    private QuotaScopes() {}

    /**
     * Returns whether a quota counts a pod.
     *
     * @param quota the spec of the quota
     * @param pod the spec of the pod
     */
    static boolean match(JsonNode quota, JsonNode pod) {
        for (JsonNode scope : quota.path("scopes")) {
            if (!matches(Json.text(scope), "Exists", List.of(), pod)) {
                return false;
            }
        }
        for (JsonNode expression : quota.path("scopeSelector").path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(Json.text(value)));
            String scope = Json.text(expression, "scopeName");
            if (!matches(scope, Json.text(expression, "operator"), values, pod)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String scope, String operator, List<String> values, JsonNode pod) {
        return switch (scope) {
            case "Terminating" -> isTerminating(pod);
            case "NotTerminating" -> !isTerminating(pod);
            case "BestEffort" -> isBestEffort(pod);
            case "NotBestEffort" -> !isBestEffort(pod);
            case "PriorityClass" -> selects(operator, values, Json.text(pod, "priorityClassName"));
            case "CrossNamespacePodAffinity" -> crossesNamespaces(pod.path("affinity"));
            default -> false;
        };
    }

    private static boolean isTerminating(JsonNode pod) {
        JsonNode deadline = pod.path("activeDeadlineSeconds");
        return deadline.isNumber() && deadline.asLong() >= 0;
    }

    private static boolean isBestEffort(JsonNode pod) {
        List<JsonNode> owners = new ArrayList<>();
        if (pod.path("resources").isObject()) {
            owners.add(pod);
        } else {
            Stream.of("containers", "initContainers")
                    .forEach(list -> pod.path(list).forEach(owners::add));
        }
        return owners.stream()
                .flatMap(owner -> Stream.of(PodResources.of(owner, "requests"), PodResources.of(owner, "limits")))
                .noneMatch(list -> Stream.of("cpu", "memory")
                        .flatMap(name -> list.get(name).stream())
                        .anyMatch(quantity -> quantity.signum() > 0));
    }

    private static boolean selects(String operator, List<String> values, String priorityClass) {
        return switch (operator) {
            case "Exists" -> !priorityClass.isEmpty();
            case "DoesNotExist" -> priorityClass.isEmpty();
            case "In" -> !priorityClass.isEmpty() && values.contains(priorityClass);
            default -> !values.contains(priorityClass);
        };
    }

    private static boolean crossesNamespaces(JsonNode affinity) {
        return Stream.of("podAffinity", "podAntiAffinity")
                .map(affinity::path)
                .flatMap(kind -> Stream.concat(
                        kind.path("requiredDuringSchedulingIgnoredDuringExecution")
                                .valueStream(),
                        kind.path("preferredDuringSchedulingIgnoredDuringExecution")
                                .valueStream()
                                .map(weighted -> weighted.path("podAffinityTerm"))))
                .anyMatch(term -> !term.path("namespaces").isEmpty()
                        || term.path("namespaceSelector").isObject());
    }
}
