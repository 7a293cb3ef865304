package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBool;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accessors of the fields that every Kubernetes object has. The value of an absent field is "" or empty. */
public final class KubeObjects {

    public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private static final List<String> DEFAULT_CLASS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    /** The annotation of a ServiceAccount that allows its pods only the Secrets that it lists. */
    public static final String ENFORCE_MOUNTABLE_SECRETS = "kubernetes.io/enforce-mountable-secrets";

    private KubeObjects() {}

    /**
     * Creates an object with apiVersion, kind and metadata. The metadata have the name, and the namespace if the
     * objects of the resource are in namespaces.
     */
    public static ObjectNode of(Resource resource, String namespace, String name) {
        ObjectNode object = Json.object();
        object.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        ObjectNode metadata = object.putObject("metadata");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        if (resource.namespaced() && !namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    /** Returns the metadata, and adds them to the object if they are absent. The caller can change them. */
    public static ObjectNode metadata(ObjectNode object) {
        return object.withObject("/metadata");
    }

    public static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }

    public static Map<String, String> labels(JsonNode object) {
        return Json.strings(object.path("metadata").path("labels"));
    }

    /**
     * Returns whether a ServiceAccount allows its pods only the Secrets that it lists. Source:
     * k8s.io/kubernetes plugin/pkg/admission/serviceaccount/admission.go (enforceMountableSecrets).
     */
    public static boolean enforcesMountableSecrets(JsonNode account) {
        return GoBool.isTrue(annotations(account).getOrDefault(ENFORCE_MOUNTABLE_SECRETS, ""));
    }

    public static Map<String, String> annotations(JsonNode object) {
        return Json.strings(object.path("metadata").path("annotations"));
    }

    /**
     * Returns whether the deletion of an object has begun: it has a deletionTimestamp, or it is a namespace in phase
     * Terminating.
     */
    public static boolean isTerminating(JsonNode object) {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty()
                || Json.text(object, "status", "phase").equals("Terminating");
    }

    /** Returns the owner that controls an object, such as a Pod's Workflow: an entry of metadata.ownerReferences. */
    public static Optional<JsonNode> controller(JsonNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the names in a list of {@code {name: …}}, such as a ServiceAccount's imagePullSecrets, in their order. An
     * entry {@code {}}, which the API server accepts, has no name and is skipped.
     */
    public static List<String> names(JsonNode references) {
        List<String> names = new ArrayList<>();
        references.forEach(reference -> names.add(Json.text(reference, "name")));
        names.removeIf(String::isEmpty);
        return names;
    }

    /** Appends {@code {name: …}} to a list of the object, and creates the list if it is absent. */
    public static void addName(ObjectNode object, String list, String name) {
        JsonNode present = object.get(list);
        ArrayNode names = present instanceof ArrayNode array ? array : object.putArray(list);
        names.addObject().put("name", name);
    }

    /**
     * Returns whether a StorageClass creates volumes. Source:
     * https://kubernetes.io/docs/concepts/storage/storage-classes/#local.
     */
    public static boolean isProvisioning(JsonNode storageClass) {
        return !Json.text(storageClass, "provisioner").equals(NO_PROVISIONER);
    }

    /**
     * Returns whether a StorageClass is the default one. Source: kubernetes pkg/volume/util/storageclass.go
     * (IsDefaultAnnotation).
     */
    public static boolean isDefaultClass(JsonNode storageClass) {
        return DEFAULT_CLASS.stream()
                .anyMatch(key -> "true".equals(annotations(storageClass).get(key)));
    }
}
