package io.jenkins.plugins.argopreflight.engine.fixed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A workflow's file, a cluster and registries as a folder holds them, of which a copy can be changed and written. */
final class FixedFolder {

    /** The admissions that stay true of a fixed workflow: what a webhook or a LimitRange adds, and that every pod is let in. */
    private static final Pattern STAYS = Pattern.compile("(?m)^(?:adds|limitRange):|\\A\\s*pods: \"\"\\s*\\z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    final List<ObjectNode> given = new ArrayList<>();
    final List<ObjectNode> cluster = new ArrayList<>();
    private final ObjectNode snapshot;
    private final ObjectNode registry;
    private final List<Path> others;
    private final boolean hasCluster;

    private FixedFolder(ObjectNode snapshot, ObjectNode registry, List<Path> others, boolean hasCluster) {
        this.snapshot = snapshot;
        this.registry = registry;
        this.others = others;
        this.hasCluster = hasCluster;
    }

    /** @param folder of the cluster; its {@code workflow.yaml} is no part of it */
    static FixedFolder read(Path workflow, Path folder, Optional<Path> registries, List<Path> others)
            throws IOException {
        boolean captured = Files.isDirectory(folder);
        Path info = folder.resolve("snapshot.yaml");
        FixedFolder read = new FixedFolder(
                Files.exists(info) ? (ObjectNode) YAML.readTree(Files.readString(info)) : null,
                registries.isPresent() ? (ObjectNode) YAML.readTree(Files.readString(registries.get())) : null,
                others,
                captured);
        for (Document document : new ManifestReader().read("workflow.yaml", Files.readString(workflow))) {
            read.given.add(document.root().deepCopy());
        }
        if (captured) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.matches(".*\\.(yaml|yml|json)")
                            && !name.matches("(snapshot|registry|workflow)\\.(yaml|yml|json)")) {
                        for (Document each : new ManifestReader().read(name, Files.readString(file))) {
                            read.cluster.add(each.root().deepCopy());
                        }
                    }
                }
            }
        }
        return read;
    }

    /** Writes all of it, so that it can be read as the one that it was read from. */
    void write(Path folder, boolean recorded) throws IOException {
        Path inner = folder.resolve("cluster");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("workflow.yaml"), text(given));
        for (Path other : others) {
            if (recorded || STAYS.matcher(Files.readString(other)).find()) {
                Files.copy(other, folder.resolve(other.getFileName().toString()));
            }
        }
        if (hasCluster) {
            Files.createDirectories(inner);
            Files.writeString(inner.resolve("objects.yaml"), text(cluster));
        }
        if (snapshot != null) {
            Files.writeString(inner.resolve("snapshot.yaml"), YAML.writeValueAsString(snapshot));
        }
        if (registry != null) {
            Files.writeString(folder.resolve("registry.json"), JSON.writeValueAsString(registry));
        }
    }

    private static String text(List<ObjectNode> objects) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ObjectNode object : objects) {
            text.append(YAML.writeValueAsString(object));
        }
        return text.toString();
    }

    /** Objects of that kind and name, the given ones first. */
    List<ObjectNode> find(String kind, String namespace, String name) {
        return Stream.concat(given.stream(), cluster.stream())
                .filter(each -> each.path("kind").asText().equalsIgnoreCase(kind))
                .filter(each -> name.equals(each.path("metadata").path("name").asText())
                        || name.equals(
                                each.path("metadata").path("generateName").asText())
                        || name.isEmpty() && !each.path("metadata").has("name"))
                .filter(each -> namespace.isEmpty()
                        || each.path("metadata")
                                .path("namespace")
                                .asText(namespace)
                                .equals(namespace))
                .toList();
    }

    /** A ConfigMap that the folder leaves out, as those of Argo are where nothing is set. */
    ObjectNode configMap(String namespace, String name) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", name).put("namespace", namespace);
        cluster.add(object);
        return object;
    }

    /** Returns whether answers of an API server are recorded, which no fix changes. */
    boolean isRecorded() {
        return !others.isEmpty();
    }

    /** Puts an object in the place of another. */
    void replace(ObjectNode old, ObjectNode changed) {
        given.replaceAll(each -> each == old ? changed : each);
        cluster.replaceAll(each -> each == old ? changed : each);
    }

    /** Creates it, or replaces the one that is there. */
    void put(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        List<ObjectNode> there = find(
                object.path("kind").asText(),
                metadata.path("namespace").asText(),
                metadata.path("name").asText());
        if (there.isEmpty()) {
            cluster.add(object);
        } else {
            replace(there.get(0), object);
        }
    }

    void remove(String kind, String namespace, String name) {
        List<ObjectNode> gone = find(kind, namespace, name);
        cluster.removeIf(each -> gone.stream().anyMatch(one -> one == each));
    }

    /** A user and a password that a registry accepts, and that may pull all that it has. */
    String[] account(String host) {
        String wanted = host.matches("(https?://)?(index\\.)?docker\\.io(/.*)?") ? "docker.io" : host;
        if (registry != null) {
            for (JsonNode each : registry.path("registries")) {
                if (each.path("registry").asText().equals(wanted)) {
                    ObjectNode fields = (ObjectNode) each;
                    ArrayNode valid = fields.withArray("validCredentials");
                    valid.addObject().put("username", "fixed").put("password", "correct-horse-fixed");
                    allow(each);
                }
            }
        }
        return new String[] {"fixed", "correct-horse-fixed"};
    }

    private static void allow(JsonNode host) {
        for (JsonNode repository : host.path("repositories")) {
            if (repository.path("pull") instanceof ArrayNode pull) {
                pull.add("fixed");
            }
            for (JsonNode tag : repository.path("tags")) {
                if (tag.path("content").asText().equals("denied")) {
                    ((ObjectNode) tag).remove("content");
                }
            }
        }
    }
}
