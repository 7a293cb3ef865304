package io.jenkins.plugins.argopreflight.engine.collect.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Objects of long lists without what no check reads of them, so that thousands fit in the memory. The object itself, which
 * can be a snapshot's, is not changed.
 */
public final class Kept {

    private static final List<String> METADATA =
            List.of("managedFields", "annotations", "ownerReferences", "finalizers");

    /** Of a node's status: its capacity is not what pods get, and the rest is for its kubelet and volumes. */
    private static final List<String> NODE = List.of(
            "addresses", "capacity", "conditions", "config", "daemonEndpoints", "volumesAttached", "volumesInUse");

    private static final List<String> POD = List.of("volumes", "containers", "initContainers", "ephemeralContainers");

    /** Of a container: what a quota counts. */
    private static final List<String> COUNTED = List.of("resources", "restartPolicy");

    private Kept() {}

    /**
     * What to keep of the objects of a resource.
     *
     * @param repositories with their registries: a node's other images are counted, and not named
     */
    public static UnaryOperator<ObjectNode> of(Resource resource, Set<String> repositories) {
        if (resource.equals(Resource.NODES)) {
            return node -> node(node, repositories);
        }
        return resource.equals(Resource.PODS) ? Kept::pod : object -> object;
    }

    private static ObjectNode node(ObjectNode node, Set<String> repositories) {
        ObjectNode kept = bare(node);
        ObjectNode status = copy(node.path("status"));
        status.remove(NODE);
        ArrayNode images = status.arrayNode();
        ObjectNode nameless = images.objectNode();
        for (JsonNode image : status.path("images")) {
            boolean wanted = false;
            for (JsonNode name : image.path("names")) {
                wanted |= repositories.contains(repository(name.asText("")));
            }
            images.add(wanted ? image : nameless);
        }
        status.set("images", images);
        kept.set("status", status);
        return kept;
    }

    private static String repository(String name) {
        int digest = name.indexOf('@');
        String tagged = digest < 0 ? name : name.substring(0, digest);
        int tag = tagged.lastIndexOf(':');
        return tag > tagged.lastIndexOf('/') ? tagged.substring(0, tag) : tagged;
    }

    private static ObjectNode pod(ObjectNode pod) {
        ObjectNode kept = bare(pod);
        ObjectNode spec = copy(pod.path("spec"));
        spec.remove(POD);
        for (String list : List.of("containers", "initContainers")) {
            ArrayNode containers = spec.putArray(list);
            pod.path("spec")
                    .path(list)
                    .forEach(each -> containers.add(copy(each).retain(COUNTED)));
        }
        kept.set("spec", spec);
        ObjectNode status = pod.objectNode();
        kept.set("status", status.put("phase", Objects.text((JsonNode) pod, "status", "phase")));
        return kept;
    }

    private static ObjectNode bare(ObjectNode object) {
        ObjectNode kept = copy(object);
        ObjectNode metadata = copy(object.path("metadata"));
        metadata.remove(METADATA);
        kept.set("metadata", metadata);
        return kept;
    }

    /** Of the fields, not of their values. */
    private static ObjectNode copy(JsonNode node) {
        return node instanceof ObjectNode object
                ? object.objectNode().setAll(object)
                : JsonNodeFactory.instance.objectNode();
    }
}
