package io.jenkins.plugins.argopreflight.engine.facts.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The reduction of listed objects to the fields that checks read, so that thousands fit in memory. The object itself,
 * which can belong to a snapshot, is not changed.
 */
public final class ObjectReduction {

    private static final List<String> REMOVED_METADATA =
            List.of("managedFields", "annotations", "ownerReferences", "finalizers");

    /** The fields of a node's status that no check reads. Pods get the allocatable resources, not the capacity. */
    private static final List<String> REMOVED_NODE_STATUS = List.of(
            "addresses", "capacity", "conditions", "config", "daemonEndpoints", "volumesAttached", "volumesInUse");

    private static final List<String> REMOVED_POD_SPEC =
            List.of("volumes", "containers", "initContainers", "ephemeralContainers");

    /** The fields of a container that a quota counts. */
    private static final List<String> KEPT_CONTAINER_FIELDS = List.of("resources", "restartPolicy");

    private ObjectReduction() {}

    /**
     * Returns the function that reduces the objects of a resource.
     *
     * @param repositories the repositories of the pods' images, with their registries: other images of a node lose
     *     their names, but are still counted
     */
    public static UnaryOperator<ObjectNode> of(Resource resource, Set<String> repositories) {
        if (resource.equals(Resource.NODES)) {
            return node -> reduceNode(node, repositories);
        }
        return resource.equals(Resource.PODS) ? ObjectReduction::reducePod : object -> object;
    }

    private static ObjectNode reduceNode(ObjectNode node, Set<String> repositories) {
        ObjectNode reduced = withoutUnreadMetadata(node);
        ObjectNode status = shallowCopy(node.path("status"));
        status.remove(REMOVED_NODE_STATUS);
        ArrayNode images = status.arrayNode();
        ObjectNode nameless = images.objectNode();
        for (JsonNode image : status.path("images")) {
            boolean used = false;
            for (JsonNode name : image.path("names")) {
                used |= repositories.contains(repository(Json.text(name)));
            }
            images.add(used ? image : nameless);
        }
        status.set("images", images);
        reduced.set("status", status);
        return reduced;
    }

    private static String repository(String name) {
        int digest = name.indexOf('@');
        String tagged = digest < 0 ? name : name.substring(0, digest);
        int tag = tagged.lastIndexOf(':');
        return tag > tagged.lastIndexOf('/') ? tagged.substring(0, tag) : tagged;
    }

    private static ObjectNode reducePod(ObjectNode pod) {
        ObjectNode reduced = withoutUnreadMetadata(pod);
        ObjectNode spec = shallowCopy(pod.path("spec"));
        spec.remove(REMOVED_POD_SPEC);
        for (String list : List.of("containers", "initContainers")) {
            ArrayNode containers = spec.putArray(list);
            pod.path("spec")
                    .path(list)
                    .forEach(each -> containers.add(shallowCopy(each).retain(KEPT_CONTAINER_FIELDS)));
        }
        reduced.set("spec", spec);
        ObjectNode status = pod.objectNode();
        reduced.set("status", status.put("phase", Json.text((JsonNode) pod, "status", "phase")));
        return reduced;
    }

    private static ObjectNode withoutUnreadMetadata(ObjectNode object) {
        ObjectNode reduced = shallowCopy(object);
        ObjectNode metadata = shallowCopy(object.path("metadata"));
        metadata.remove(REMOVED_METADATA);
        reduced.set("metadata", metadata);
        return reduced;
    }

    /** Returns a shallow copy: the fields are copied, their values are shared. */
    private static ObjectNode shallowCopy(JsonNode node) {
        return node instanceof ObjectNode object
                ? object.objectNode().setAll(object)
                : JsonNodeFactory.instance.objectNode();
    }
}
