package io.jenkins.plugins.argopreflight.engine.cluster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.resource.ResourceList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PriorityClasses and RuntimeClasses; source: k8s.io/kubernetes plugin/pkg/admission/priority/admission.go and
 * plugin/pkg/admission/runtimeclass/admission.go.
 */
final class ClassAdmission {

    /** Kubernetes makes these by itself, whatever a snapshot holds. */
    static final Set<String> SYSTEM_PRIORITIES = Set.of("system-cluster-critical", "system-node-critical");

    private ClassAdmission() {}

    /** Gives the pod the priority class that is the default. @param pod is changed */
    static void defaultPriority(ObjectNode pod, List<ObjectNode> classes) {
        classes.stream()
                .filter(each -> each.path("globalDefault").asBoolean())
                .min(Comparator.comparingLong(each -> each.path("value").asLong()))
                .ifPresent(each -> pod.withObject("/spec").put("priorityClassName", Objects.name(each)));
    }

    /** Why the pod is refused. @param found the class that it names, empty when there is none */
    static Optional<String> priority(JsonNode pod, Optional<ObjectNode> found) {
        if (found.isEmpty()) {
            return Optional.of(
                    "no PriorityClass with name " + Objects.text(pod, "spec", "priorityClassName") + " was found");
        }
        JsonNode given = pod.path("spec").path("priority");
        long computed = found.get().path("value").asLong();
        return given.isNumber() && given.asLong() != computed
                ? Optional.of("the integer value of priority (" + given.asLong()
                        + ") must not be provided in pod spec; priority admission controller computed " + computed
                        + " from the given PriorityClass name")
                : Optional.empty();
    }

    /** Why the pod is refused. @param pod is changed: gets the overhead of the class */
    static Optional<String> runtime(ObjectNode pod, Optional<ObjectNode> found) {
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
            String theirs = label.getValue().asText();
            if (wanted.has(label.getKey()) && !own.equals(theirs)) {
                return Optional.of("conflict: runtimeClass.scheduling.nodeSelector[" + label.getKey() + "] = " + theirs
                        + "; pod.spec.nodeSelector[" + label.getKey() + "] = " + own);
            }
        }
        return Optional.empty();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        ResourceList mine = ResourceList.of(one);
        ResourceList theirs = ResourceList.of(other);
        return mine.names().equals(theirs.names())
                && mine.names().stream().allMatch(name -> mine.get(name).equals(theirs.get(name)));
    }
}
