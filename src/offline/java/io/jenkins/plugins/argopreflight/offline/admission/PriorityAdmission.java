package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PriorityClasses; source: k8s.io/kubernetes plugin/pkg/admission/priority/admission.go. */
final class PriorityAdmission {

    /** Kubernetes makes these by itself, whatever a snapshot holds. */
    private static final Map<String, Long> SYSTEM =
            Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);

    private PriorityAdmission() {}

    /** The class of that name as the only one; none when there is none. */
    static Fact<List<ObjectNode>> named(String name, Fact<Optional<ObjectNode>> found) {
        if (SYSTEM.containsKey(name)) {
            ObjectNode system = JsonNodeFactory.instance.objectNode().put("value", SYSTEM.get(name));
            system.putObject("metadata").put("name", name);
            return Fact.known(List.of(system));
        }
        return found.map(one -> one.stream().toList());
    }

    /** Whether the pod says anything that classes could contradict. */
    static boolean mayRefuse(JsonNode pod) {
        return !Objects.text(pod, "spec", "priorityClassName").isEmpty()
                || pod.path("spec").path("priority").isNumber();
    }

    /**
     * Why the pod is refused.
     *
     * @param pod is changed: without a class it gets the default one
     * @param classes the one that it names, or all of them when it names none
     */
    static Optional<String> admit(ObjectNode pod, List<ObjectNode> classes) {
        ObjectNode spec = pod.withObject("/spec");
        String name = Objects.text(spec, "priorityClassName");
        Optional<ObjectNode> its = classes.stream()
                .filter(each -> !name.isEmpty() || each.path("globalDefault").asBoolean())
                .min(Comparator.comparingLong(PriorityAdmission::value));
        if (!name.isEmpty() && its.isEmpty()) {
            return Optional.of("no PriorityClass with name " + name + " was found");
        }
        its.ifPresent(each -> spec.put("priorityClassName", Objects.name(each)));
        JsonNode given = spec.path("priority");
        long computed = its.map(PriorityAdmission::value).orElse(0L);
        return given.isNumber() && given.asLong() != computed
                ? Optional.of("the integer value of priority (" + given.asLong()
                        + ") must not be provided in pod spec; priority admission controller computed " + computed
                        + " from the given PriorityClass name")
                : Optional.empty();
    }

    private static long value(ObjectNode priorityClass) {
        return priorityClass.path("value").asLong();
    }
}
