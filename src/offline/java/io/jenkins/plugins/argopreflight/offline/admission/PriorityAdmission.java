package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The admission plug-in for PriorityClasses. Source: k8s.io/kubernetes plugin/pkg/admission/priority/admission.go. */
final class PriorityAdmission {

    /** The classes that Kubernetes creates itself, even if a snapshot does not contain them. */
    private static final Map<String, Long> SYSTEM =
            Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);

    private PriorityAdmission() {}

    /** Returns a list with the class of that name; empty if it does not exist. */
    static Fact<List<ObjectNode>> named(String name, Fact<Optional<ObjectNode>> found) {
        if (SYSTEM.containsKey(name)) {
            ObjectNode system = JsonNodeFactory.instance.objectNode().put("value", SYSTEM.get(name));
            system.putObject("metadata").put("name", name);
            return Fact.known(List.of(system));
        }
        return found.map(one -> one.stream().toList());
    }

    /** Returns whether the pod has a value that a class can contradict. */
    static boolean mayRefuse(JsonNode pod) {
        return !Json.text(pod, "spec", "priorityClassName").isEmpty()
                || pod.path("spec").path("priority").isNumber();
    }

    /**
     * Sets the priority class, and returns the reason if the pod is refused.
     *
     * @param pod the pod, which gets the default class if it names none
     * @param classes the class that the pod names, or all classes if it names none
     */
    static Optional<String> admit(ObjectNode pod, List<ObjectNode> classes) {
        ObjectNode spec = pod.withObject("/spec");
        String name = Json.text(spec, "priorityClassName");
        Optional<ObjectNode> priorityClass = classes.stream()
                .filter(each -> !name.isEmpty() || each.path("globalDefault").asBoolean())
                .min(Comparator.comparingLong(PriorityAdmission::value));
        if (!name.isEmpty() && priorityClass.isEmpty()) {
            return Optional.of("no PriorityClass with name " + name + " was found");
        }
        priorityClass.ifPresent(each -> spec.put("priorityClassName", KubeObjects.name(each)));
        JsonNode podPriority = spec.path("priority");
        long computed = priorityClass.map(PriorityAdmission::value).orElse(0L);
        return podPriority.isNumber() && podPriority.asLong() != computed
                ? Optional.of("the integer value of priority (" + podPriority.asLong()
                        + ") must not be provided in pod spec; priority admission controller computed " + computed
                        + " from the given PriorityClass name")
                : Optional.empty();
    }

    private static long value(ObjectNode priorityClass) {
        return priorityClass.path("value").asLong();
    }
}
