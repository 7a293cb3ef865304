package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.container.ReadFiles;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Secrets and ConfigMaps that pods cannot start or do their work without; what is marked optional is none of them. */
public final class Uses {

    /** Volumes with a ServiceAccount's token, which Argo adds: another check's business. */
    private static final List<String> TOKENS = List.of("exec-sa-token", "kube-api-access-");

    /** What the agent reads itself: without it the node of the template ends in Failed. */
    static final String HEADER = "a header of an http template";

    /**
     * One reference to a Secret or ConfigMap.
     *
     * @param path the reference's field in the pod
     * @param description who refers to it, such as {@code volume certs}
     * @param container that needs it, "" for a volume
     * @param keys that must be there
     * @param mountedAt where one key is mounted, for which the kubelet makes an empty folder where there is none; empty
     *     for anything else
     */
    record Use(
            WorkflowFacts workflow,
            ArgoPod pod,
            Resource resource,
            String name,
            String path,
            String description,
            String container,
            List<String> keys,
            Optional<String> mountedAt) {

        boolean isOpen() {
            return name.contains("{{") || name.contains("*");
        }

        boolean isSubPath() {
            return mountedAt.isPresent();
        }

        /** Whether the container's command surely reads the mounted key. */
        boolean isRead() {
            return Stream.of("initContainers", "containers")
                    .flatMap(list -> pod.spec().path(list).valueStream())
                    .filter(each -> Objects.text(each, "name").equals(container))
                    .anyMatch(each -> mountedAt
                            .filter(path -> ReadFiles.reads(pod, each, path))
                            .isPresent());
        }

        String described() {
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

    private record All(List<Use> uses) {}

    /** Every reference of every pod. */
    static List<Use> of(Facts facts) {
        return facts.derived(All.class, each -> new All(find(each))).uses();
    }

    private static List<Use> find(Facts facts) {
        List<Use> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                Uses uses = new Uses(workflow, pod);
                pod.secrets().stream()
                        .sorted()
                        .forEach(name -> uses.all.add(new Use(
                                workflow,
                                pod,
                                Resource.SECRETS,
                                name,
                                "spec",
                                HEADER,
                                "",
                                List.of(),
                                Optional.empty())));
                pod.spec().path("volumes").forEach(uses::volume);
                for (String list : List.of("initContainers", "containers")) {
                    pod.spec().path(list).forEach(container -> uses.container(list, container));
                }
                uses.all.stream().filter(use -> !pod.isOfCaller(use.name())).forEach(all::add);
            }
        }
        return all;
    }

    private void volume(JsonNode volume) {
        String name = Objects.text(volume, "name");
        String path = "spec.volumes[" + name + "]";
        if (TOKENS.stream().noneMatch(name::startsWith)) {
            add(Resource.SECRETS, volume.path("secret"), "secretName", path + ".secret", "volume " + name, "");
        }
        add(Resource.CONFIG_MAPS, volume.path("configMap"), "name", path + ".configMap", "volume " + name, "");
        JsonNode sources = volume.path("projected").path("sources");
        for (int i = 0; sources.isArray() && i < sources.size(); i++) {
            String at = path + ".projected.sources[" + i + "]";
            JsonNode source = sources.path(i);
            add(Resource.SECRETS, source.path("secret"), "name", at + ".secret", "volume " + name, "");
            add(Resource.CONFIG_MAPS, source.path("configMap"), "name", at + ".configMap", "volume " + name, "");
        }
    }

    private void container(String list, JsonNode container) {
        String name = Objects.text(container, "name");
        String path = "spec." + list + "[" + name + "]";
        for (JsonNode variable : container.path("env")) {
            String at = path + ".env[" + Objects.text(variable, "name") + "].valueFrom";
            String description = "env " + Objects.text(variable, "name") + " of container " + name;
            JsonNode from = variable.path("valueFrom");
            add(Resource.SECRETS, from.path("secretKeyRef"), "name", at + ".secretKeyRef", description, name);
            add(Resource.CONFIG_MAPS, from.path("configMapKeyRef"), "name", at + ".configMapKeyRef", description, name);
        }
        for (JsonNode mount : container.path("volumeMounts")) {
            String folder = Objects.text(mount, "mountPath");
            // Argo gives its own containers the same mounts, below this folder.
            if (!folder.startsWith("/mainctrfs")) {
                subPath(mount, path + ".volumeMounts[" + folder + "]", name);
            }
        }
        JsonNode envFrom = container.path("envFrom");
        for (int i = 0; envFrom.isArray() && i < envFrom.size(); i++) {
            String at = path + ".envFrom[" + i + "]";
            String description = "envFrom of container " + name;
            add(Resource.SECRETS, envFrom.path(i).path("secretRef"), "name", at + ".secretRef", description, name);
            add(
                    Resource.CONFIG_MAPS,
                    envFrom.path(i).path("configMapRef"),
                    "name",
                    at + ".configMapRef",
                    description,
                    name);
        }
    }

    private void add(
            Resource resource,
            JsonNode reference,
            String nameField,
            String path,
            String description,
            String container) {
        String name = Objects.text(reference, nameField);
        if (name.isEmpty() || reference.path("optional").asBoolean()) {
            return;
        }
        List<String> keys = new ArrayList<>();
        if (reference.has("key")) {
            keys.add(Objects.text(reference, "key"));
        }
        reference.path("items").forEach(item -> keys.add(Objects.text(item, "key")));
        all.add(new Use(workflow, pod, resource, name, path, description, container, keys, Optional.empty()));
    }

    /** A mount of one file of a volume; where the volume has items, these say which files there are. */
    private void subPath(JsonNode mount, String path, String container) {
        String file = Objects.text(mount, "subPath").replaceFirst("/.*", "");
        if (file.isEmpty()) {
            return;
        }
        JsonNode volume = pod.volume(mount);
        for (Resource resource : List.of(Resource.SECRETS, Resource.CONFIG_MAPS)) {
            boolean secret = resource.equals(Resource.SECRETS);
            JsonNode source = volume.path(secret ? "secret" : "configMap");
            String name = Objects.text(source, secret ? "secretName" : "name");
            if (!name.isEmpty()
                    && !source.has("items")
                    && !source.path("optional").asBoolean()) {
                String description = "subPath of volume " + Objects.text(volume, "name") + " in container " + container;
                all.add(new Use(
                        workflow,
                        pod,
                        resource,
                        name,
                        path + ".subPath",
                        description,
                        container,
                        List.of(file),
                        Optional.of(Objects.text(mount, "mountPath"))));
            }
        }
    }

    /** The names of all Secrets of volumes and variables, optional ones too: what admission looks at. */
    public static List<String> secrets(JsonNode spec) {
        List<String> names = new ArrayList<>();
        spec.path("volumes").forEach(volume -> names.add(Objects.text(volume, "secret", "secretName")));
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                container.path("env").forEach(env -> names.add(Objects.text(env, "valueFrom", "secretKeyRef", "name")));
                container.path("envFrom").forEach(from -> names.add(Objects.text(from, "secretRef", "name")));
            }
        }
        names.removeIf(String::isEmpty);
        return names;
    }
}
