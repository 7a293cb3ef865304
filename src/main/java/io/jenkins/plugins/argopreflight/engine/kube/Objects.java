package io.jenkins.plugins.argopreflight.engine.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accessors of the fields that every Kubernetes object has. An absent field reads as "" or empty. */
public final class Objects {

    public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private static final List<String> DEFAULT_CLASS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    private Objects() {}

    /**
     * Creates an object with apiVersion, kind, and metadata with its name and, if its resource has one, its namespace.
     */
    public static ObjectNode of(Resource resource, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
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

    /** Returns the metadata for changes, and creates them if they are absent. */
    public static ObjectNode metadata(ObjectNode object) {
        return object.withObject("/metadata");
    }

    public static String name(JsonNode object) {
        return text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return text(object, "metadata", "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return text(object, "metadata", "resourceVersion");
    }

    public static Map<String, String> labels(JsonNode object) {
        return strings(object.path("metadata").path("labels"));
    }

    public static Map<String, String> annotations(JsonNode object) {
        return strings(object.path("metadata").path("annotations"));
    }

    /**
     * Returns whether the deletion of an object has begun: it has a deletionTimestamp, or it is a namespace in phase
     * Terminating.
     */
    public static boolean isTerminating(JsonNode object) {
        return !text(object, "metadata", "deletionTimestamp").isEmpty()
                || text(object, "status", "phase").equals("Terminating");
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
        references.forEach(reference -> names.add(text(reference, "name")));
        names.removeIf(String::isEmpty);
        return names;
    }

    /** Appends {@code {name: …}} to a list of the object, and creates the list if it is absent. */
    public static void addName(ObjectNode object, String list, String name) {
        JsonNode present = object.get(list);
        ArrayNode names = present instanceof ArrayNode array ? array : object.putArray(list);
        names.addObject().put("name", name);
    }

    /** Returns the text at a path; "" if it is absent or null. */
    public static String text(JsonNode object, String... path) {
        JsonNode node = object;
        for (String field : path) {
            node = node.path(field);
        }
        return node.isNull() ? "" : node.asText("");
    }

    /** Returns an object's fields as strings, in their order; null values read as "". */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.properties().forEach(entry -> values.put(entry.getKey(), text(entry.getValue())));
        return Collections.unmodifiableMap(values);
    }

    /**
     * Returns whether a StorageClass creates volumes. Source:
     * https://kubernetes.io/docs/concepts/storage/storage-classes/#local.
     */
    public static boolean isProvisioning(JsonNode storageClass) {
        return !text(storageClass, "provisioner").equals(NO_PROVISIONER);
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
