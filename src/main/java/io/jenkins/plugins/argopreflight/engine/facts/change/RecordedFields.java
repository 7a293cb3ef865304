package io.jenkins.plugins.argopreflight.engine.facts.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The fields of an object that a report records, by its kind, so that a later report can say what changed. */
final class RecordedFields {

    /** The ConfigMap of a controller whose Deployment refers to no other. */
    static final String SETTINGS = "workflow-controller-configmap";

    /** The pull Secrets of a ServiceAccount. */
    static final String PULL_SECRETS = "imagePullSecrets";

    static final String IMAGE = "image";

    /**
     * The label of Secrets that Argo Preflight wrote. A {@code withArgoRegistrySecret} block creates its own Secret in
     * each build.
     */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private static final String OURS = "argo-preflight";

    /**
     * The resources without a recorded version: their status changes the resourceVersion, and their fields have
     * everything that is compared.
     */
    private static final Set<Resource> BY_FIELDS = Set.of(Resource.RESOURCE_QUOTAS, Resource.LIMIT_RANGES);

    /** The resources whose recorded version is their generation, which changes of the metadata do not increase. */
    private static final Set<Resource> BY_GENERATION =
            Set.of(Resource.WORKFLOW_TEMPLATES, Resource.CLUSTER_WORKFLOW_TEMPLATES);

    private static final int CHECKSUM_BYTES = 8;
    /** Maximum number of fields of an object. No fields are recorded of an object with more. */
    private static final int MAX_FIELDS = 200;

    private RecordedFields() {}

    static RecordedObject of(Resource resource, ObjectNode object) {
        Map<String, String> fields = fields(resource, object);
        return RecordedObject.existing(
                resource.kind(),
                resource.namespaced() ? KubeObjects.namespace(object) : "",
                KubeObjects.name(object),
                KubeObjects.uid(object),
                version(resource, object),
                fields.size() > MAX_FIELDS ? Map.of() : fields);
    }

    private static String version(Resource resource, ObjectNode object) {
        if (resource.equals(Resource.SERVICE_ACCOUNTS)) {
            return contentChecksum(object);
        }
        boolean isStatus =
                Need.CLUSTER_AUTOSCALER.is(resource, KubeObjects.namespace(object), KubeObjects.name(object));
        if (isStatus || BY_FIELDS.contains(resource)) {
            return "";
        }
        return BY_GENERATION.contains(resource)
                ? Json.text(object, "metadata", "generation")
                : KubeObjects.resourceVersion(object);
    }

    /**
     * Returns the checksum of a ServiceAccount's content. A {@code withArgoRegistrySecret} block adds its Secret to a
     * ServiceAccount and removes it again: that is another version with the same content.
     */
    private static String contentChecksum(ObjectNode account) {
        ObjectNode content = account.deepCopy();
        KubeObjects.metadata(content).remove(List.of("resourceVersion", "managedFields", "uid", "creationTimestamp"));
        return checksum(content.toString());
    }

    private static Map<String, String> fields(Resource resource, ObjectNode object) {
        if (resource.equals(Resource.SECRETS)) {
            String by = KubeObjects.labels(object).getOrDefault(MANAGED_BY, "");
            return by.equals(OURS) ? Map.of(MANAGED_BY, by) : Map.of();
        }
        if (resource.equals(Resource.SERVICE_ACCOUNTS)) {
            return Map.of(PULL_SECRETS, RecordedObject.joined(KubeObjects.names(object.path("imagePullSecrets"))));
        }
        if (resource.equals(Resource.RESOURCE_QUOTAS)) {
            return Json.strings(object.path("spec").path("hard"));
        }
        if (resource.equals(Resource.LIMIT_RANGES)) {
            return limits(object);
        }
        return resource.equals(Resource.CONFIG_MAPS) ? checksums(object) : Map.of();
    }

    private static Map<String, String> limits(ObjectNode range) {
        Map<String, String> limits = new TreeMap<>();
        for (JsonNode limit : range.path("spec").path("limits")) {
            limit.properties().stream()
                    .filter(part -> part.getValue().isObject())
                    .forEach(part -> Json.strings(part.getValue())
                            .forEach((name, value) ->
                                    limits.put(Json.text(limit, "type") + " " + part.getKey() + " " + name, value)));
        }
        return limits;
    }

    private static Map<String, String> checksums(ObjectNode map) {
        Map<String, String> sums = new TreeMap<>();
        Json.strings(map.path("data")).forEach((key, value) -> sums.put(key, checksum(value)));
        return sums;
    }

    /** Returns the checksum of a text that is long or must not be shown, to compare it with another. */
    static String checksum(String text) {
        return Sha256.of(text).substring(0, 2 * CHECKSUM_BYTES);
    }

    /** Records the Deployment of Argo's controller: its image and the flags with which it was started. */
    static RecordedObject controller(ObjectNode deployment) {
        Map<String, String> fields = new TreeMap<>();
        ControllerFlags.all(deployment).forEach((flag, value) -> fields.put("--" + flag, checksum(value)));
        fields.put(IMAGE, ControllerFlags.image(deployment));
        return RecordedObject.existing(
                Resource.DEPLOYMENTS.kind(),
                KubeObjects.namespace(deployment),
                KubeObjects.name(deployment),
                "",
                "",
                fields);
    }
}
