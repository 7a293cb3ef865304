package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Set;

/**
 * The requests and limits of a pod as a whole: the sum of its containers and sidecars, or the resources while an init
 * container runs, if these are larger. Source: k8s.io/component-helpers resource/helpers.go.
 */
public final class PodResources {

    private static final Set<String> POD_LEVEL = Set.of("cpu", "memory");

    private PodResources() {}

    /**
     * Returns the resources of the containers, without overhead.
     *
     * @param field requests or limits
     */
    public static ResourceList ofContainers(JsonNode spec, String field) {
        ResourceList total = new ResourceList();
        for (JsonNode container : spec.path("containers")) {
            total = total.plus(of(container, field));
        }
        ResourceList sidecars = new ResourceList();
        ResourceList starting = new ResourceList();
        for (JsonNode container : spec.path("initContainers")) {
            ResourceList own = of(container, field);
            if (Json.text(container, "restartPolicy").equals("Always")) {
                total = total.plus(own);
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(own.plus(sidecars));
            }
        }
        return total.max(starting);
    }

    /**
     * Returns the resources of the pod, without overhead. Values of the pod itself (Kubernetes 1.34) take precedence
     * over the values of its containers.
     */
    public static ResourceList ofPod(JsonNode spec, String field) {
        ResourceList total = ofContainers(spec, field).plus(new ResourceList());
        ResourceList own = of(spec, field);
        own.names().stream()
                .filter(PodResources::isPodLevel)
                .forEach(name -> total.put(name, own.get(name).orElseThrow()));
        return total;
    }

    /**
     * Returns the resources with the RuntimeClass's overhead, as quotas count them. The overhead is added to a limit
     * only if there is one.
     */
    public static ResourceList charged(JsonNode spec, String field) {
        ResourceList total = ofPod(spec, field);
        ResourceList overhead = ResourceList.of(spec.path("overhead"));
        if (field.equals("requests")) {
            return total.plus(overhead);
        }
        for (String name : overhead.names()) {
            total.get(name)
                    .filter(limit -> !limit.isZero())
                    .ifPresent(limit ->
                            total.put(name, limit.plus(overhead.get(name).orElseThrow())));
        }
        return total;
    }

    /**
     * Returns the resources for which a node must have capacity. A limit alone counts as a request, too, and an invalid
     * quantity is left out.
     */
    public static ResourceList requested(JsonNode spec) {
        return charged(readable(spec, "requests", "limits", "requests"), "requests");
    }

    /** Returns the limits of the pod for the kubelet: those of {@link #ofPod}, without invalid quantities. */
    public static ResourceList limited(JsonNode spec) {
        return ofPod(readable(spec, "limits", "limits"), "limits");
    }

    /**
     * Returns a copy of the spec that has only one field of the resources, without invalid quantities.
     *
     * @param from the fields with the amounts, of which a later field takes precedence
     */
    private static ObjectNode readable(JsonNode spec, String field, String... from) {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        copy(spec, read, field, from);
        for (String list : new String[] {"containers", "initContainers"}) {
            ArrayNode containers = read.putArray(list);
            for (JsonNode container : spec.path(list)) {
                ObjectNode each = containers.addObject();
                each.set("restartPolicy", container.path("restartPolicy"));
                copy(container, each, field, from);
            }
        }
        copy(spec.path("overhead"), read.putObject("overhead"));
        return read;
    }

    private static void copy(JsonNode owner, ObjectNode read, String field, String... from) {
        ObjectNode amounts = read.putObject("resources").putObject(field);
        for (String each : from) {
            copy(owner.path("resources").path(each), amounts);
        }
    }

    private static void copy(JsonNode amounts, ObjectNode to) {
        amounts.properties().stream()
                .filter(each -> Quantity.read(Json.text(each.getValue())).isPresent())
                .forEach(each -> to.set(each.getKey(), each.getValue()));
    }

    /** Returns whether the pod itself has a request or limit. */
    public static boolean isPodLevelSet(JsonNode spec) {
        return of(spec, "requests").names().stream().anyMatch(PodResources::isPodLevel)
                || of(spec, "limits").names().stream().anyMatch(PodResources::isPodLevel);
    }

    /** Returns whether a pod itself, not only its containers, can request a resource. */
    public static boolean isPodLevel(String resource) {
        return POD_LEVEL.contains(resource) || resource.startsWith("hugepages-");
    }

    public static ResourceList of(JsonNode owner, String field) {
        return ResourceList.of(owner.path("resources").path(field));
    }
}
