package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import java.util.ArrayList;
import java.util.List;

/**
 * The defaults of the API server that its admission uses; source: k8s.io/kubernetes pkg/apis/core/v1/defaults.go
 * (SetDefaults_Pod), pkg/registry/core/pod/strategy.go.
 */
public final class PodDefaults {

    private static final int POD_LEVEL_RESOURCES_MINOR = 34;

    /** Source: k8s.io/kubernetes pkg/features/kube_features.go (PodLevelResourcesFixDefaulting). */
    private static final int DEFERRED_POD_LEVEL_MINOR = 37;

    private PodDefaults() {}

    /**
     * Sets missing requests to their limits, before the admission.
     *
     * @param pod is changed; all its quantities must be valid
     */
    public static void requests(ObjectNode pod, int clusterMinor) {
        containers(pod).forEach(PodDefaults::requests);
        if (clusterMinor < POD_LEVEL_RESOURCES_MINOR) {
            pod.withObject("/spec").remove("resources");
        } else if (clusterMinor < DEFERRED_POD_LEVEL_MINOR) {
            podRequests(pod);
        }
    }

    /**
     * Sets missing requests of the pod itself after the admission has set those of its containers.
     *
     * @param pod is changed; all its quantities must be valid
     */
    public static void requestsAfterAdmission(ObjectNode pod, int clusterMinor) {
        if (clusterMinor >= DEFERRED_POD_LEVEL_MINOR) {
            podRequests(pod);
        }
    }

    /**
     * Sets missing host ports: on the node's network each port of a container is one of the node.
     *
     * @param pod is changed
     */
    public static void hostPorts(ObjectNode pod) {
        if (pod.path("spec").path("hostNetwork").asBoolean()) {
            containers(pod).forEach(container -> {
                for (JsonNode port : container.path("ports")) {
                    if (port instanceof ObjectNode object
                            && port.path("hostPort").asLong() == 0) {
                        object.set("hostPort", port.path("containerPort"));
                    }
                }
            });
        }
    }

    private static List<ObjectNode> containers(ObjectNode pod) {
        List<ObjectNode> containers = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                if (container instanceof ObjectNode object) {
                    containers.add(object);
                }
            }
        }
        return containers;
    }

    /** Sets missing requests of a container to their limits. */
    private static void requests(ObjectNode container) {
        JsonNode limits = container.path("resources").path("limits");
        if (limits.isEmpty()) {
            return;
        }
        ObjectNode requests = ((ObjectNode) container.get("resources")).withObject("/requests");
        limits.properties().forEach(limit -> {
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }

    /** Sets missing requests of the pod itself to those of its containers, or else to its limits. */
    private static void podRequests(ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        if (spec.path("resources").path("limits").isEmpty()) {
            return;
        }
        ObjectNode requests = ((ObjectNode) spec.get("resources")).withObject("/requests");
        ResourceList ofContainers = PodResources.ofContainers(spec, "requests");
        for (String name : List.of("cpu", "memory")) {
            if (!requests.has(name) && ofContainers.has(name)) {
                requests.put(name, ofContainers.get(name).orElseThrow().toString());
            }
        }
        spec.path("resources").path("limits").properties().forEach(limit -> {
            if (!requests.has(limit.getKey()) && PodResources.isPodLevel(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }
}
