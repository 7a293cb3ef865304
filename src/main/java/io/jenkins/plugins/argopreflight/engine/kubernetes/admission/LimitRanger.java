package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import io.jenkins.plugins.argopreflight.engine.util.go.GoText;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The defaults and limits of a namespace's LimitRanges for a pod; source: k8s.io/kubernetes
 * plugin/pkg/admission/limitranger/admission.go.
 */
public final class LimitRanger {

    private static final String CLAIM = "PersistentVolumeClaim";

    private final List<ObjectNode> ranges;

    /**
     * Creates a ranger. Several LimitRanges are applied in the order of their names; the API server's order is random.
     */
    public LimitRanger(List<ObjectNode> ranges) {
        this.ranges =
                ranges.stream().sorted(Comparator.comparing(KubeObjects::name)).toList();
    }

    /**
     * Adds the requests and limits that containers do not have.
     *
     * @param pod is changed
     */
    public void setDefaults(ObjectNode pod) {
        for (ObjectNode range : ranges) {
            ObjectNode limits = pod.objectNode();
            ObjectNode requests = pod.objectNode();
            of(range, "Container").forEach(limit -> {
                ObjectNode most = first(limit.path("default"), limit.path("max"));
                limits.setAll(most);
                requests.setAll(first(limit.path("defaultRequest"), most, limit.path("min")));
            });
            containers(pod).forEach(container -> {
                fill(container, "limits", limits);
                fill(container, "requests", requests);
            });
        }
    }

    /** Returns the first amount of each resource, as the server stores a LimitRange: pkg/apis/core/v1/defaults.go. */
    private static ObjectNode first(JsonNode... lists) {
        ObjectNode amounts = JsonNodeFactory.instance.objectNode();
        for (JsonNode list : lists) {
            list.properties().forEach(each -> amounts.putIfAbsent(each.getKey(), each.getValue()));
        }
        return amounts;
    }

    private static void fill(ObjectNode container, String field, ObjectNode defaults) {
        JsonNode present = container.path("resources");
        boolean writable = present.isMissingNode() || present.isNull() || present.isObject();
        if (!defaults.isEmpty() && writable) {
            ObjectNode list = container.withObject("/resources").withObject("/" + field);
            defaults.properties().forEach(entry -> {
                if (!list.has(entry.getKey())) {
                    list.set(entry.getKey(), entry.getValue());
                }
            });
        }
    }

    /**
     * Returns the reason why the pod is refused, such as
     * {@code maximum memory usage per Container is 1Gi, but limit is 2Gi}.
     */
    public Optional<String> refusalReason(ObjectNode pod) {
        for (ObjectNode range : ranges) {
            List<String> errors = new ArrayList<>();
            for (JsonNode limit : range.path("spec").path("limits")) {
                String type = Json.text(limit, "type");
                if (type.equals("Container")) {
                    containers(pod)
                            .forEach(container -> new LimitCheck(
                                            type,
                                            PodResources.of(container, "requests"),
                                            PodResources.of(container, "limits"))
                                    .check(limit, errors));
                } else if (type.equals("Pod")) {
                    new LimitCheck(
                                    type,
                                    PodResources.ofPod(pod.path("spec"), "requests"),
                                    PodResources.ofPod(pod.path("spec"), "limits"))
                            .check(limit, errors);
                }
            }
            if (!errors.isEmpty()) {
                return Optional.of(GoText.aggregate(errors));
            }
        }
        return Optional.empty();
    }

    /** Returns the reason why a PersistentVolumeClaim is refused. Only its requests count. */
    public Optional<String> claimRefusalReason(JsonNode claim) {
        ResourceList requests = ResourceList.of(claim.at("/spec/resources/requests"));
        List<String> errors = new ArrayList<>();
        for (ObjectNode range : ranges) {
            of(range, CLAIM)
                    .forEach(limit -> new LimitCheck(CLAIM, requests, new ResourceList()).checkRequests(limit, errors));
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(GoText.aggregate(errors));
    }

    private static Stream<JsonNode> of(ObjectNode range, String type) {
        return range.path("spec")
                .path("limits")
                .valueStream()
                .filter(limit -> Json.text(limit, "type").equals(type));
    }

    private static Stream<ObjectNode> containers(ObjectNode pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> pod.path("spec").path(list).valueStream())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
    }
}
