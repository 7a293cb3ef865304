package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The Secrets of artifact stores as volumes of Argo's containers; source: argo-workflows
 * workflow/controller/workflowpod.go (createSecretVolumesFromArtifactLocations).
 */
final class SecretVolumes {

    private static final String PATH = "/argo/secret/";
    /** Stores in the order in which Argo looks for the store of a location. */
    private static final List<String> ORDER =
            List.of("s3", "git", "artifactory", "hdfs", "oss", "gcs", "http", "azure");
    /** Fields of a store that select a key of a Secret. */
    private static final Map<String, List<String>> SECRETS = Map.of(
            "s3", List.of("accessKeySecret", "secretKeySecret", "sessionTokenSecret", "encryption", "caSecret"),
            "git", List.of("usernameSecret", "passwordSecret", "sshPrivateKeySecret"),
            "artifactory", List.of("usernameSecret", "passwordSecret"),
            "hdfs", List.of("krbCCacheSecret", "krbKeytabSecret"),
            "oss", List.of("accessKeySecret", "secretKeySecret"),
            "gcs", List.of("serviceAccountKeySecret"),
            "azure", List.of("accountKeySecret"));
    /** Fields of the authentication of an http store that select a key of a Secret, by section. */
    private static final Map<String, List<String>> HTTP = new LinkedHashMap<>();

    static {
        HTTP.put("basicAuth", List.of("usernameSecret", "passwordSecret"));
        HTTP.put("clientCert", List.of("clientCertSecret", "clientKeySecret"));
        HTTP.put("oauth2", List.of("clientIDSecret", "clientSecretSecret", "tokenURLSecret"));
    }

    private final Map<String, ObjectNode> volumes = new LinkedHashMap<>();
    private final Set<List<String>> keys = new HashSet<>();
    private final ArgoVersion version;

    SecretVolumes(ArgoVersion version) {
        this.version = version;
    }

    /**
     * Returns the volumes for the artifact stores of a template: its archive, outputs, inputs, and the source of its
     * data.
     */
    static SecretVolumes of(JsonNode template, ArgoVersion version) {
        SecretVolumes volumes = new SecretVolumes(version);
        volumes.add(template.path("archiveLocation"));
        template.path("outputs").path("artifacts").forEach(volumes::add);
        template.path("inputs").path("artifacts").forEach(volumes::add);
        volumes.add(template.path("data").path("source").path("artifactPaths"));
        return volumes;
    }

    /** Adds the Secrets of the store of a location. */
    void add(JsonNode location) {
        for (String type : ORDER) {
            JsonNode store = location.path(type);
            if (!store.isObject()) {
                continue;
            }
            if (type.equals("http")) {
                HTTP.forEach((section, fields) -> fields.forEach(
                        field -> addSecret(store.path("auth").path(section).path(field))));
            } else {
                Objects.requireNonNull(SECRETS.get(type)).forEach(field -> addSecret(store, field));
            }
            return;
        }
    }

    private void addSecret(JsonNode store, String field) {
        if (field.equals("encryption")) {
            JsonNode options = store.path("encryptionOptions");
            if (options.path("enableEncryption").asBoolean()) {
                addSecret(options.path("serverSideCustomerKeySecret"));
            }
        } else if (!field.equals("sessionTokenSecret") || version.has(Behaviour.SESSION_TOKEN)) {
            addSecret(store.path(field));
        }
    }

    private void addSecret(JsonNode selector) {
        String name = Json.text(selector, "name");
        String key = Json.text(selector, "key");
        if (name.isEmpty() || key.isEmpty()) {
            return;
        }
        ObjectNode volume = volumes.computeIfAbsent(name, secret -> {
            ObjectNode created = Json.object().put("name", secret);
            created.putObject("secret").put("secretName", secret);
            return created;
        });
        if (keys.add(List.of(name, key))) {
            Json.listOf(Json.objectOf(volume, "secret"), "items")
                    .addObject()
                    .put("key", key)
                    .put("path", key);
        }
    }

    List<ObjectNode> volumes() {
        return new ArrayList<>(volumes.values());
    }

    List<ObjectNode> mounts() {
        List<ObjectNode> mounts = new ArrayList<>();
        volumes.keySet()
                .forEach(name -> mounts.add(Json.object()
                        .put("name", name)
                        .put("mountPath", PATH + name)
                        .put("readOnly", true)));
        return mounts;
    }
}
