package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.ResourceList;
import java.util.Optional;

/** RuntimeClasses; source: k8s.io/kubernetes plugin/pkg/admission/runtimeclass/admission.go. */
final class RuntimeClassAdmission {

    private RuntimeClassAdmission() {}

    /** Why the pod is refused. @param pod is changed: gets the overhead of the class */
    static Optional<String> admit(ObjectNode pod, Optional<ObjectNode> found) {
        ObjectNode spec = pod.withObject("/spec");
        if (found.isEmpty()) {
            return Optional.of(
                    "pod rejected: RuntimeClass \"" + Objects.text(spec, "runtimeClassName") + "\" not found");
        }
        JsonNode fixed = found.get().path("overhead").path("podFixed");
        if (!spec.path("overhead").isEmpty() && !same(spec.path("overhead"), fixed)) {
            return Optional.of("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (fixed.isObject()) {
            spec.set("overhead", fixed.deepCopy());
        }
        JsonNode wanted = spec.path("nodeSelector");
        for (var label : found.get().path("scheduling").path("nodeSelector").properties()) {
            String own = Objects.text(wanted, label.getKey());
            String theirs = label.getValue().asText("");
            if (wanted.has(label.getKey()) && !own.equals(theirs)) {
                return Optional.of("conflict: runtimeClass.scheduling.nodeSelector[" + label.getKey() + "] = " + theirs
                        + "; pod.spec.nodeSelector[" + label.getKey() + "] = " + own);
            }
        }
        return Optional.empty();
    }

    /** Why a pod is refused that says its overhead by itself. */
    static Optional<String> strayOverhead(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        return spec.path("overhead").isObject()
                        && Objects.text(spec, "runtimeClassName").isEmpty()
                ? Optional.of("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
                : Optional.empty();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        ResourceList mine = ResourceList.of(one);
        ResourceList theirs = ResourceList.of(other);
        return mine.names().equals(theirs.names())
                && mine.names().stream().allMatch(name -> mine.get(name).equals(theirs.get(name)));
    }
}
