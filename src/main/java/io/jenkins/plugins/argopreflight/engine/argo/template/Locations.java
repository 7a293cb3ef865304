package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The locations of artifacts; source: argo-workflows
 * pkg/apis/workflow/v1alpha1/{workflow_types,artifact_repository_types}.go (HasLocation, GetKey, ToArtifactLocation).
 */
public final class Locations {

    private static final List<String> TYPES =
            List.of("artifactory", "azure", "git", "gcs", "hdfs", "http", "oss", "plugin", "raw", "s3");
    /** Fields without which a store is no location, by type. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "artifactory", List.of("url", "usernameSecret"),
            "azure", List.of("endpoint", "container", "blob"),
            "git", List.of("repo"),
            "gcs", List.of("bucket", "key"),
            "hdfs", List.of("addresses"),
            "http", List.of("url"),
            "oss", List.of("bucket", "endpoint", "key"),
            "plugin", List.of("name", "configuration", "key"),
            "raw", List.of(),
            "s3", List.of("endpoint", "bucket", "key"));
    /** Fields with the key of an artifact, by type; {@code key} for other types. */
    private static final Map<String, String> KEY_FIELDS =
            Map.of("artifactory", "url", "azure", "blob", "hdfs", "path", "http", "url");
    /** Fields of a repository with the format of keys, by type; {@code keyFormat} for other types. */
    private static final Map<String, String> FORMAT_FIELDS = Map.of("azure", "blobNameFormat", "hdfs", "pathFormat");
    /** Types of stores that can be a repository. */
    private static final List<String> REPOSITORIES =
            List.of("artifactory", "azure", "gcs", "hdfs", "oss", "plugin", "s3");

    private static final String DEFAULT_KEY = "{{workflow.name}}/{{pod.name}}";

    private Locations() {}

    /** Returns the kind of store, "" if there is none. */
    public static String type(JsonNode location) {
        for (String type : TYPES) {
            if (Json.isSet(location, type)) {
                return type;
            }
        }
        return "";
    }

    /** Returns whether a location has a store with all required fields. */
    public static boolean hasLocation(JsonNode location) {
        String type = type(location);
        return !type.isEmpty()
                && Objects.requireNonNull(REQUIRED.get(type)).stream()
                        .allMatch(field -> Json.has(location.get(type), field));
    }

    /** Returns whether a location has a store with a key. Other fields can come from the repository. */
    static boolean hasKey(JsonNode location) {
        String type = type(location);
        return !type.isEmpty()
                && !type.equals("git")
                && !type.equals("raw")
                && Json.has(location.get(type), keyField(type));
    }

    public static boolean hasLocationOrKey(JsonNode location) {
        return hasLocation(location) || hasKey(location);
    }

    public static String keyField(String type) {
        return KEY_FIELDS.getOrDefault(type, "key");
    }

    /** Returns the location in which a repository archives: the repository with a key for each pod. */
    public static ObjectNode ofRepository(JsonNode repository) {
        ObjectNode location = Json.object();
        if (Json.isSet(repository, "archiveLogs")) {
            location.set("archiveLogs", repository.get("archiveLogs"));
        }
        for (String type : REPOSITORIES) {
            if (Json.isSet(repository, type)) {
                ObjectNode store = Json.copy(repository.get(type));
                String format = Json.text(store, FORMAT_FIELDS.getOrDefault(type, "keyFormat"));
                store.remove(FORMAT_FIELDS.getOrDefault(type, "keyFormat"));
                String key = format.isEmpty() ? DEFAULT_KEY : format;
                if (type.equals("s3")) {
                    String prefix = Json.text(store, "keyPrefix");
                    store.remove("keyPrefix");
                    key = format.isEmpty() && !prefix.isEmpty() ? prefix + "/" + DEFAULT_KEY : key;
                } else if (type.equals("artifactory")) {
                    String url = Json.text(store, "repoURL");
                    store.remove("repoURL");
                    key = (url.endsWith("/") ? url : url + "/") + key;
                }
                store.put(keyField(type), key);
                location.set(type, store);
                break;
            }
        }
        return location;
    }

    /** Returns the path that Go's path.Clean returns, independent of this system's paths. */
    public static String clean(String path) {
        boolean isAbsolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/+")) {
            boolean isParent = part.equals("..");
            if (isParent && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(isParent && isAbsolute)) {
                parts.add(part);
            }
        }
        String cleaned = (isAbsolute ? "/" : "") + String.join("/", parts);
        return cleaned.isEmpty() ? "." : cleaned;
    }
}
