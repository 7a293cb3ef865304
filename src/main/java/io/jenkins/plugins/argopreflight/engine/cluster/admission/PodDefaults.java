package io.jenkins.plugins.argopreflight.engine.cluster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import java.util.List;

/**
 * The defaults of the API server that its admission looks at; source: k8s.io/kubernetes pkg/apis/core/v1/defaults.go
 * (SetDefaults_Pod), pkg/registry/core/pod/strategy.go.
 */
final class PodDefaults {

    private static final int POD_LEVEL_RESOURCES = 34;

    private PodDefaults() {}

    /** Sets them. @param pod is changed */
    static void set(ObjectNode pod, int clusterMinor) {
        ObjectNode spec = pod.withObject("/spec");
        boolean hostNetwork = spec.path("hostNetwork").asBoolean();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode object) {
                    requests(object);
                    if (hostNetwork) {
                        hostPorts(object);
                    }
                }
            }
        }
        if (clusterMinor < POD_LEVEL_RESOURCES) {
            spec.remove("resources");
        }
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

    private static void hostPorts(ObjectNode container) {
        for (JsonNode port : container.path("ports")) {
            if (port instanceof ObjectNode object && port.path("hostPort").asLong() == 0) {
                object.set("hostPort", port.path("containerPort"));
            }
        }
    }

    /** How the server calls a pod in its answers. */
    static String forbidden(JsonNode pod, String why) {
        return "pods \"" + Objects.name(pod) + "\" is forbidden: " + why;
    }
}
