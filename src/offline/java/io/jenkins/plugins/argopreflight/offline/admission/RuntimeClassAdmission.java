package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;

/**
 * The admission plug-in for RuntimeClasses. Source: k8s.io/kubernetes plugin/pkg/admission/runtimeclass/admission.go.
 */
final class RuntimeClassAdmission {

    private RuntimeClassAdmission() {}

    /**
     * Sets the overhead, and returns the reason if the pod is refused.
     *
     * @param pod the pod, which gets the overhead of the class
     */
    static Optional<String> admit(ObjectNode pod, Optional<ObjectNode> found) {
        ObjectNode spec = pod.withObject("/spec");
        if (found.isEmpty()) {
            return Optional.of("pod rejected: RuntimeClass \"" + Json.text(spec, "runtimeClassName") + "\" not found");
        }
        JsonNode fixed = found.get().path("overhead").path("podFixed");
        if (!spec.path("overhead").isEmpty() && !same(spec.path("overhead"), fixed)) {
            return Optional.of("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (fixed.isObject()) {
            spec.set("overhead", fixed.deepCopy());
        }
        JsonNode nodeSelector = spec.path("nodeSelector");
        for (var label : found.get().path("scheduling").path("nodeSelector").properties()) {
            String podValue = Json.text(nodeSelector, label.getKey());
            String classValue = Json.text(label.getValue());
            if (nodeSelector.has(label.getKey()) && !podValue.equals(classValue)) {
                return Optional.of("conflict: runtimeClass.scheduling.nodeSelector[" + label.getKey() + "] = "
                        + classValue + "; pod.spec.nodeSelector[" + label.getKey() + "] = " + podValue);
            }
        }
        return Optional.empty();
    }

    /** Returns the reason if a pod is refused that sets its overhead without a RuntimeClass. */
    static Optional<String> strayOverhead(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        return spec.path("overhead").isObject()
                        && Json.text(spec, "runtimeClassName").isEmpty()
                ? Optional.of("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
                : Optional.empty();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        ResourceList first = ResourceList.of(one);
        ResourceList second = ResourceList.of(other);
        return first.names().equals(second.names())
                && first.names().stream().allMatch(name -> first.get(name).equals(second.get(name)));
    }
}
