package io.jenkins.plugins.argopreflight.engine.cluster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.PodResources;
import io.jenkins.plugins.argopreflight.engine.kube.ResourceList;
import java.util.ArrayList;
import java.util.List;

/**
 * The defaults of the API server that its admission looks at; source: k8s.io/kubernetes pkg/apis/core/v1/defaults.go
 * (SetDefaults_Pod), pkg/registry/core/pod/strategy.go.
 */
public final class PodDefaults {

    private static final int POD_LEVEL_RESOURCES = 34;

    private PodDefaults() {}

    /** What is limited and not requested is requested. @param pod is changed; all its quantities can be read */
    public static void requests(ObjectNode pod, int clusterMinor) {
        containers(pod).forEach(PodDefaults::requests);
        ObjectNode spec = pod.withObject("/spec");
        if (clusterMinor < POD_LEVEL_RESOURCES) {
            spec.remove("resources");
        } else if (!spec.path("resources").path("limits").isEmpty()) {
            podRequests(spec);
        }
    }

    /** On the node's network each port is one of the node. @param pod is changed */
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

    /** What has a limit and no request requests its limit. */
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

    /** What the pod limits and does not request, it requests as much as its containers do, else its limit. */
    private static void podRequests(ObjectNode spec) {
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
