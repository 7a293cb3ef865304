package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of one ResourceQuota for one pod; source: k8s.io/apiserver
 * pkg/admission/plugin/resourcequota/controller.go, k8s.io/kubernetes pkg/quota/v1/evaluator/core/pods.go.
 */
final class PodQuota {

    /** The resources that each container must specify itself if a quota has one of them. */
    private static final Set<String> MUST_SPECIFY =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private static final Set<String> COUNTED = Set.of(
            "count/pods",
            "pods",
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    private final ObjectNode quota;
    private final ResourceList hard;

    PodQuota(ObjectNode quota) {
        this.quota = quota;
        JsonNode seen = quota.path("status").path("hard");
        this.hard = ResourceList.of(seen.isObject() ? seen : quota.path("spec").path("hard"));
    }

    private String name() {
        return KubeObjects.name(quota);
    }

    private Set<String> restricted() {
        return hard.names().stream()
                .filter(name -> COUNTED.contains(name)
                        || ResourceNames.isHugePage(name)
                        || name.startsWith("requests.hugepages-")
                        || name.startsWith("requests.") && !ResourceNames.isNative(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether the quota counts this pod at all. */
    boolean matches(JsonNode pod) {
        return !restricted().isEmpty() && QuotaScopes.match(quota.path("spec"), pod.path("spec"));
    }

    /** Returns what is missing: {@code must specify limits.cpu for: init,wait}, or a usage that is not counted yet. */
    Optional<String> unfit(JsonNode pod) {
        Optional<String> missing = missing(pod.path("spec"));
        if (missing.isPresent()) {
            return missing.map(must -> "failed quota: " + name() + ": " + must);
        }
        JsonNode status = quota.path("status");
        boolean unknown = status.path("hard").isObject()
                && restricted().stream().anyMatch(name -> !status.path("used").has(name));
        return unknown
                ? Optional.of("status unknown for quota: " + name() + ", resources: " + String.join(",", restricted()))
                : Optional.empty();
    }

    private Optional<String> missing(JsonNode spec) {
        if (PodResources.isPodLevelSet(spec)) {
            return Optional.empty();
        }
        TreeMap<String, Set<String>> missing = new TreeMap<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                ResourceList usage =
                        usage(PodResources.of(container, "requests"), PodResources.of(container, "limits"));
                for (String name : restricted()) {
                    if (MUST_SPECIFY.contains(name) && !usage.has(name)) {
                        missing.computeIfAbsent(name, key -> new TreeSet<>()).add(Json.text(container, "name"));
                    }
                }
            }
        }
        List<String> words = new ArrayList<>();
        missing.forEach((name, containers) -> words.add(name + " for: " + String.join(",", containers)));
        return words.isEmpty() ? Optional.empty() : Optional.of("must specify " + String.join("; ", words));
    }

    /** Returns what is too much: {@code exceeded quota: Q, requested: pods=1, used: pods=3, limited: pods=3}. */
    Optional<String> exceeded(JsonNode pod) {
        return exceeded(usage(pod));
    }

    Optional<String> exceeded(ResourceList requested) {
        ResourceList used = ResourceList.of(quota.path("status").path("used"));
        ResourceList after = used.plus(requested);
        List<String> exceeded = requested.names().stream()
                .filter(name -> !requested.get(name).orElseThrow().isZero())
                .filter(name -> hard.get(name)
                        .filter(most -> after.get(name).orElseThrow().compareTo(most) > 0)
                        .isPresent())
                .toList();
        return exceeded.isEmpty()
                ? Optional.empty()
                : Optional.of(AdmissionRefusal.EXCEEDED_QUOTA + name() + ", requested: "
                        + requested.only(exceeded) + ", used: "
                        + used.only(exceeded) + ", limited: " + hard.only(exceeded));
    }

    /** Returns the amounts that a pod counts for. */
    static ResourceList usage(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        ResourceList usage = usage(PodResources.charged(spec, "requests"), PodResources.charged(spec, "limits"));
        usage.put("count/pods", Quantity.of(1));
        return usage;
    }

    private static ResourceList usage(ResourceList requests, ResourceList limits) {
        ResourceList usage = new ResourceList();
        usage.put("pods", Quantity.of(1));
        for (String name : List.of("cpu", "memory", "ephemeral-storage")) {
            requests.get(name).ifPresent(quantity -> {
                usage.put(name, quantity);
                usage.put("requests." + name, quantity);
            });
            limits.get(name).ifPresent(quantity -> usage.put("limits." + name, quantity));
        }
        for (String name : requests.names()) {
            Quantity quantity = requests.get(name).orElseThrow();
            if (ResourceNames.isHugePage(name)) {
                usage.put(name, quantity);
            }
            if (ResourceNames.isHugePage(name) || ResourceNames.isExtended(name)) {
                usage.put("requests." + name, quantity);
            }
        }
        return usage;
    }
}
