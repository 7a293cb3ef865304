package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The validation of requests and limits of containers and, from Kubernetes 1.34 on, of the pod itself. */
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

    private static final List<String> POD_LEVEL = List.of("cpu", "hugepages-", "memory");

    private final FieldErrors errors;
    private final String path;
    private final ResourceList limits;
    private final ResourceList requests;

    private final boolean ofPod;

    private ResourceValidation(JsonNode resources, String path, FieldErrors errors, boolean ofPod) {
        this.errors = errors;
        this.path = path;
        this.ofPod = ofPod;
        this.limits = ResourceList.of(resources.path("limits"));
        this.requests = ResourceList.of(resources.path("requests"));
    }

    static void ofContainer(JsonNode container, String path, FieldErrors errors) {
        new ResourceValidation(container.path("resources"), path + ".resources", errors, /* ofPod= */ false).check();
    }

    /** Checks the resources of the pod itself, which must cover those of its containers. */
    static void ofPod(JsonNode spec, FieldErrors errors) {
        if (spec.path("resources").isObject()) {
            ResourceValidation validation =
                    new ResourceValidation(spec.path("resources"), "spec.resources", errors, /* ofPod= */ true);
            validation.check();
            validation.covers(spec);
        }
    }

    private void covers(JsonNode spec) {
        ResourceList sum = PodResources.ofContainers(spec, "requests");
        for (String name : sum.names()) {
            Quantity needed = quantity(sum, name);
            requests.get(name)
                    .filter(request -> needed.compareTo(request) > 0)
                    .ifPresent(request -> errors.invalid(
                            path + ".requests[" + name + "]",
                            request.toString(),
                            "must be greater than or equal to aggregate container requests of " + needed));
        }
        JsonNode containers = spec.path("containers");
        for (int i = 0; i < containers.size(); i++) {
            ResourceList own =
                    ResourceList.of(containers.get(i).path("resources").path("limits"));
            for (String name : own.names()) {
                String field = path + ".containers[" + i + "][" + name + "].limits";
                limits.get(name)
                        .filter(limit -> quantity(own, name).compareTo(limit) > 0)
                        .ifPresent(limit -> errors.invalid(
                                field,
                                quantity(own, name).toString(),
                                "must be less than or equal to pod limits of " + limit));
            }
        }
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
                .anyMatch(ResourceNames::isHugePage);
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
        if (ResourceNames.isExtended(name) && quantity.milliValue() % 1000 != 0) {
            errors.invalid(field, quantity.toString(), "must be an integer");
        }
    }

    private void name(String field, String name) {
        var wrong = ObjectNames.qualified(name);
        errors.invalid(field, name, wrong);
        if (!name.contains("/")) {
            if (wrong.isEmpty() && !isStandard(name) && !OF_QUOTAS.contains(name)) {
                errors.invalid(field, name, "must be a standard resource type or fully qualified");
            }
            if (!ofPod && !isStandard(name)) {
                errors.invalid(field, name, "must be a standard resource for containers");
            }
        } else if (!ofPod && !ResourceNames.isNative(name) && !ResourceNames.isExtended(name)) {
            errors.invalid(field, name, "doesn't follow extended resource name standard");
        }
        boolean known = wrong.isEmpty() && (name.contains("/") || isStandard(name) || OF_QUOTAS.contains(name));
        if (ofPod && known && !ResourceNames.isHugePage(name)) {
            errors.supported(field, name, POD_LEVEL);
        }
    }

    private static boolean isStandard(String name) {
        return STANDARD.contains(name) || ResourceNames.isHugePage(name);
    }

    private static boolean mayOvercommit(String name) {
        return ResourceNames.isNative(name) && !ResourceNames.isHugePage(name);
    }

    private static Quantity quantity(ResourceList list, String name) {
        return list.get(name).orElseThrow();
    }
}
