package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.PodItem;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.container.ReadFiles;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Secrets and ConfigMaps that pods need to start or to do their work. Optional references are not included. */
public final class Uses {

    /**
     * The beginnings of the names of volumes with a ServiceAccount's token. Argo adds these volumes, and another check
     * covers them.
     */
    private static final List<String> TOKEN_VOLUMES = List.of("exec-sa-token", "kube-api-access-");

    /** The program that reads the object of a reference. */
    enum Reader {
        /** The kubelet, which does not start the container without the object. */
        KUBELET,
        /** The agent. The node of its http template ends in Failed without the object. */
        AGENT
    }

    /**
     * A reference to a Secret or ConfigMap.
     *
     * @param reader the program that reads the object
     * @param path the field of the reference in the pod
     * @param description the referring part of the pod, such as {@code volume certs}
     * @param container the container that needs the object, "" for a volume
     * @param keys the keys that must exist
     * @param mountedAt the path at which one key is mounted by a subPath, for which the kubelet creates an empty folder
     *     if the key does not exist; empty for other references
     */
    record Use(
            WorkflowFacts workflow,
            ArgoPod pod,
            Reader reader,
            Resource resource,
            String name,
            String path,
            String description,
            String container,
            List<String> keys,
            Optional<String> mountedAt)
            implements PodItem {

        /** Returns whether the name contains a variable that is not known yet. */
        boolean isUnresolved() {
            return name.contains("{{") || name.contains("*");
        }

        boolean isSubPath() {
            return mountedAt.isPresent();
        }

        /** Returns whether the container's command certainly reads the mounted key. */
        boolean isRead() {
            return Stream.of("initContainers", "containers")
                    .flatMap(list -> pod.spec().path(list).valueStream())
                    .filter(each -> Json.text(each, "name").equals(container))
                    .anyMatch(each -> mountedAt
                            .filter(path -> ReadFiles.reads(pod, each, path))
                            .isPresent());
        }

        String objectName() {
            return resource.kind() + " " + name;
        }
    }

    private final WorkflowFacts workflow;
    private final ArgoPod pod;
    private final List<Use> all = new ArrayList<>();

    private Uses(WorkflowFacts workflow, ArgoPod pod) {
        this.workflow = workflow;
        this.pod = pod;
    }

    /** The references of all pods, stored in the facts by this class. */
    private record AllUses(List<Use> uses) {}

    /** Returns all references of all pods. */
    static List<Use> all(Facts facts) {
        return facts.derived(AllUses.class, each -> new AllUses(find(each))).uses();
    }

    private static List<Use> find(Facts facts) {
        List<Use> all = new ArrayList<>();
        for (WorkflowPod item : WorkflowPod.all(facts)) {
            Uses uses = new Uses(item.workflow(), item.pod());
            uses.findAll();
            uses.all.stream().filter(use -> !item.pod().isOfCaller(use.name())).forEach(all::add);
        }
        return all;
    }

    private void findAll() {
        pod.secrets().stream()
                .sorted()
                .forEach(name -> all.add(new Use(
                        workflow,
                        pod,
                        Reader.AGENT,
                        Resource.SECRETS,
                        name,
                        "spec",
                        "a header of an http template",
                        "",
                        List.of(),
                        Optional.empty())));
        pod.spec().path("volumes").forEach(this::addVolume);
        for (String list : List.of("initContainers", "containers")) {
            pod.spec().path(list).forEach(container -> addContainer(list, container));
        }
    }

    private void addVolume(JsonNode volume) {
        String name = Json.text(volume, "name");
        String path = "spec.volumes[" + name + "]";
        if (TOKEN_VOLUMES.stream().noneMatch(name::startsWith)) {
            add(Resource.SECRETS, volume.path("secret"), "secretName", path + ".secret", "volume " + name, "");
        }
        add(Resource.CONFIG_MAPS, volume.path("configMap"), "name", path + ".configMap", "volume " + name, "");
        JsonNode sources = volume.path("projected").path("sources");
        for (int i = 0; sources.isArray() && i < sources.size(); i++) {
            String fieldPath = path + ".projected.sources[" + i + "]";
            JsonNode source = sources.path(i);
            add(Resource.SECRETS, source.path("secret"), "name", fieldPath + ".secret", "volume " + name, "");
            add(Resource.CONFIG_MAPS, source.path("configMap"), "name", fieldPath + ".configMap", "volume " + name, "");
        }
    }

    private void addContainer(String list, JsonNode container) {
        String name = Json.text(container, "name");
        String path = "spec." + list + "[" + name + "]";
        for (JsonNode variable : container.path("env")) {
            String fieldPath = path + ".env[" + Json.text(variable, "name") + "].valueFrom";
            String description = "env " + Json.text(variable, "name") + " of container " + name;
            JsonNode from = variable.path("valueFrom");
            add(Resource.SECRETS, from.path("secretKeyRef"), "name", fieldPath + ".secretKeyRef", description, name);
            add(
                    Resource.CONFIG_MAPS,
                    from.path("configMapKeyRef"),
                    "name",
                    fieldPath + ".configMapKeyRef",
                    description,
                    name);
        }
        for (JsonNode mount : container.path("volumeMounts")) {
            String folder = Json.text(mount, "mountPath");
            // Argo gives its own containers the same mounts, below this folder.
            if (!folder.startsWith("/mainctrfs")) {
                addSubPath(mount, path + ".volumeMounts[" + folder + "]", name);
            }
        }
        JsonNode envFrom = container.path("envFrom");
        for (int i = 0; envFrom.isArray() && i < envFrom.size(); i++) {
            String fieldPath = path + ".envFrom[" + i + "]";
            String description = "envFrom of container " + name;
            add(
                    Resource.SECRETS,
                    envFrom.path(i).path("secretRef"),
                    "name",
                    fieldPath + ".secretRef",
                    description,
                    name);
            add(
                    Resource.CONFIG_MAPS,
                    envFrom.path(i).path("configMapRef"),
                    "name",
                    fieldPath + ".configMapRef",
                    description,
                    name);
        }
    }

    /**
     * Adds a reference, unless it is empty or optional.
     *
     * @param reference the object with the name, such as {@code secretKeyRef}
     */
    private void add(
            Resource resource,
            JsonNode reference,
            String nameField,
            String path,
            String description,
            String container) {
        String name = Json.text(reference, nameField);
        if (name.isEmpty() || reference.path("optional").asBoolean()) {
            return;
        }
        List<String> keys = new ArrayList<>();
        if (reference.has("key")) {
            keys.add(Json.text(reference, "key"));
        }
        reference.path("items").forEach(item -> keys.add(Json.text(item, "key")));
        all.add(new Use(
                workflow, pod, Reader.KUBELET, resource, name, path, description, container, keys, Optional.empty()));
    }

    /** Adds the reference of a mount of one file of a volume. If the volume has items, the items are its references. */
    private void addSubPath(JsonNode mount, String path, String container) {
        String file = Json.text(mount, "subPath").replaceFirst("/.*", "");
        if (file.isEmpty()) {
            return;
        }
        JsonNode volume = pod.volume(mount);
        for (Resource resource : List.of(Resource.SECRETS, Resource.CONFIG_MAPS)) {
            boolean isSecret = resource.equals(Resource.SECRETS);
            JsonNode source = volume.path(isSecret ? "secret" : "configMap");
            String name = Json.text(source, isSecret ? "secretName" : "name");
            if (!name.isEmpty()
                    && !source.has("items")
                    && !source.path("optional").asBoolean()) {
                String description = "subPath of volume " + Json.text(volume, "name") + " in container " + container;
                all.add(new Use(
                        workflow,
                        pod,
                        Reader.KUBELET,
                        resource,
                        name,
                        path + ".subPath",
                        description,
                        container,
                        List.of(file),
                        Optional.of(Json.text(mount, "mountPath"))));
            }
        }
    }

    /**
     * Returns the names of all Secrets of volumes and variables, including optional ones, because the admission of
     * ServiceAccounts also checks these.
     */
    public static List<String> secrets(JsonNode spec) {
        List<String> names = new ArrayList<>();
        spec.path("volumes").forEach(volume -> names.add(Json.text(volume, "secret", "secretName")));
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                container.path("env").forEach(env -> names.add(Json.text(env, "valueFrom", "secretKeyRef", "name")));
                container.path("envFrom").forEach(from -> names.add(Json.text(from, "secretRef", "name")));
            }
        }
        names.removeIf(String::isEmpty);
        return names;
    }
}
