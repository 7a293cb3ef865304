package io.jenkins.plugins.argopreflight.engine.cluster.admission.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.resource.Quantity;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.resource.ResourceList;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A container's requests and limits. */
final class ResourceValidation {

    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> OF_QUOTAS = Set.of(
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "storage",
            "requests.storage",
            "services.nodeports",
            "services.loadbalancers");

    private final FieldErrors errors;
    private final String path;
    private final ResourceList limits;
    private final ResourceList requests;

    private ResourceValidation(JsonNode resources, String path, FieldErrors errors) {
        this.errors = errors;
        this.path = path;
        this.limits = ResourceList.of(resources.path("limits"));
        this.requests = ResourceList.of(resources.path("requests"));
    }

    static void check(JsonNode resources, String path, FieldErrors errors) {
        new ResourceValidation(resources, path, errors).check();
    }

    private void check() {
        limits.names().forEach(name -> value(path + ".limits[" + name + "]", name, quantity(limits, name)));
        for (String name : requests.names()) {
            Quantity request = quantity(requests, name);
            value(path + ".requests[" + name + "]", name, request);
            Optional<Quantity> limit = limits.get(name);
            if (limit.isEmpty() && !mayOvercommit(name)) {
                errors.required(path + ".limits", "Limit must be set for non overcommitable resources");
            } else if (limit.filter(l -> request.compareTo(l) != 0).isPresent() && !mayOvercommit(name)) {
                errors.invalid(
                        path + ".requests",
                        request.toString(),
                        "must be equal to " + name + " limit of " + limit.get());
            } else if (limit.filter(l -> request.compareTo(l) > 0).isPresent()) {
                errors.invalid(
                        path + ".requests",
                        request.toString(),
                        "must be less than or equal to " + name + " limit of " + limit.get());
            }
        }
        boolean pages = Stream.concat(limits.names().stream(), requests.names().stream())
                .anyMatch(ResourceValidation::isHugePage);
        boolean others = Stream.of(limits, requests).anyMatch(list -> list.has("cpu") || list.has("memory"));
        if (pages && !others) {
            errors.forbidden(path, "HugePages require cpu or memory");
        }
    }

    private void value(String field, String name, Quantity quantity) {
        name(field, name);
        if (quantity.signum() < 0) {
            errors.invalid(field, quantity.toString(), "must be greater than or equal to 0");
        }
        if (isExtended(name) && quantity.milliValue() % 1000 != 0) {
            errors.invalid(field, quantity.toString(), "must be an integer");
        }
    }

    private void name(String field, String name) {
        var wrong = Names.qualified(name);
        errors.invalid(field, name, wrong);
        if (!name.contains("/")) {
            if (wrong.isEmpty() && !isStandard(name) && !OF_QUOTAS.contains(name)) {
                errors.invalid(field, name, "must be a standard resource type or fully qualified");
            }
            if (!isStandard(name)) {
                errors.invalid(field, name, "must be a standard resource for containers");
            }
        } else if (!name.contains("kubernetes.io/") && !isExtended(name)) {
            errors.invalid(field, name, "doesn't follow extended resource name standard");
        }
    }

    private static boolean isStandard(String name) {
        return STANDARD.contains(name) || isHugePage(name);
    }

    private static boolean isHugePage(String name) {
        return name.startsWith("hugepages-");
    }

    private static boolean isExtended(String name) {
        return name.contains("/")
                && !name.contains("kubernetes.io/")
                && !name.startsWith("requests.")
                && Names.qualified("requests." + name).isEmpty();
    }

    private static boolean mayOvercommit(String name) {
        return (!name.contains("/") || name.contains("kubernetes.io/")) && !isHugePage(name);
    }

    private static Quantity quantity(ResourceList list, String name) {
        return list.get(name).orElseThrow();
    }
}
