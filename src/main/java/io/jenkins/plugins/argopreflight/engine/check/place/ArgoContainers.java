package io.jenkins.plugins.argopreflight.engine.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The containers of a pod, and which of them the user did not write: those are fixed elsewhere than the workflow's. */
public final class ArgoContainers {

    /** Who wrote a container. */
    public enum Writer {
        /** The workflow, or the Pod itself. */
        USER,
        /** The controller's {@code executor}: init, wait, supervisor, and main of resource and data templates. */
        EXECUTOR,
        /** The controller's {@code artifactDrivers}, as the executor says. */
        ARTIFACT_DRIVER,
        /** Argo's code: the agent's init and main. */
        AGENT,
        /** An executor plugin beside the agent. */
        EXECUTOR_PLUGIN,
        /** Argo's code: artifact GC. */
        ARTIFACT_GC,
        /** A webhook or policy of the cluster, which runs after Argo's own settings. */
        ADMISSION
    }

    /** What pulls count as a container without being one: the volume of the executor in pods without init (4.1). */
    public static final String EXECUTOR_VOLUME = "volume argoexec-bin";

    private static final String VOLUME = "volume ";

    private static final Pattern INDEX = Pattern.compile("spec\\.(\\w+)\\[(\\d+)]");
    private static final Set<String> AUXILIARY = Set.of("init", "wait", "supervisor");

    private ArgoContainers() {}

    public static List<String> names(ArgoPod pod) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            pod.spec().path(list).forEach(each -> names.add(each.path("name").asText("")));
        }
        return names;
    }

    /** The same, and the volume of the executor's image where the pod has it. */
    public static List<String> executors(ArgoPod pod) {
        List<String> names = new ArrayList<>(names(pod));
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (EXECUTOR_VOLUME.equals(VOLUME + volume.path("name").asText(""))) {
                names.add(EXECUTOR_VOLUME);
            }
        }
        return names;
    }

    /** The container of this name; missing when the pod has none. */
    public static JsonNode container(ArgoPod pod, String name) {
        for (String list : List.of("containers", "initContainers")) {
            JsonNode container = FrozenJson.named(pod.spec().path(list), name);
            if (!container.isMissingNode()) {
                return container;
            }
        }
        return MissingNode.getInstance();
    }

    /** {@code spec.containers[main]} of a container's name; the pod itself when it has none of that name. */
    public static String path(ArgoPod pod, String name) {
        if (name.startsWith(VOLUME)) {
            return "spec.volumes[" + name.substring(VOLUME.length()) + "]";
        }
        for (String list : List.of("containers", "initContainers")) {
            if (!FrozenJson.named(pod.spec().path(list), name).isMissingNode()) {
                return "spec." + list + "[" + name + "]";
            }
        }
        return "spec";
    }

    /** A container's field that no one set: beside its image, in the object that has that. */
    public static Subject place(WorkflowFacts workflow, ArgoPod pod, String name, String field) {
        Subject image = Places.of(workflow, pod, path(pod, name) + ".image");
        String beside = image.path().replaceFirst("\\bimage$", field);
        return image.path(beside.equals(image.path()) ? "" : beside);
    }

    /** Who wrote the container of this name. */
    public static Writer writer(Facts facts, ArgoPod pod, String name) {
        String path = path(pod, name);
        if (path.equals("spec") || pod.origin(path + ".image").source() == FieldSource.POD) {
            return Writer.USER;
        }
        if (pod.origin(path + ".image").source() == FieldSource.ADMISSION) {
            return Writer.ADMISSION;
        }
        if (name.startsWith("artifact-plugin-") || name.startsWith("init-artifact-")) {
            return Writer.ARTIFACT_DRIVER;
        }
        if (pod.kind() == ArgoPod.Kind.AGENT) {
            return name.equals("init") || name.equals("main") ? Writer.AGENT : Writer.EXECUTOR_PLUGIN;
        }
        if (AUXILIARY.contains(name) || name.equals(EXECUTOR_VOLUME)) {
            return Writer.EXECUTOR;
        }
        if (pod.kind() == ArgoPod.Kind.ARTIFACT_GC) {
            return Writer.ARTIFACT_GC;
        }
        boolean executors = facts.controller()
                .putsExecutorImage(
                        pod, path + ".image", container(pod, name).path("image").asText(""));
        return executors ? Writer.EXECUTOR : Writer.USER;
    }

    /** The same fields in each of these containers, where each is written. */
    public static List<Fix> changes(WorkflowFacts workflow, ArgoPod pod, List<String> names, Yaml fields, String why) {
        return names.stream()
                .<Fix>map(name -> ChangeField.to(fields)
                        .at(Places.place(place(workflow, pod, name, fields.field())))
                        .because(why))
                .toList();
    }

    /** Those of these that the user did not write. */
    public static List<String> own(Facts facts, ArgoPod pod, Collection<String> names) {
        return names.stream()
                .filter(name -> writer(facts, pod, name) != Writer.USER)
                .distinct()
                .toList();
    }

    /** Whether a pull is one of Argo's executor image, which init, wait, agent and artifact GC run. */
    public static boolean runsExecutorImage(Facts facts, PodPull row) {
        return facts.controller()
                .putsExecutorImage(row.pod(), row.path(), row.pull().image());
    }

    /** The server's {@code spec.containers[1].resources} as our {@code spec.containers[main].resources}. */
    public static String named(ArgoPod pod, String path) {
        Matcher index = INDEX.matcher(path);
        if (!index.find()) {
            return path;
        }
        JsonNode element = pod.spec().path(index.group(1)).path(Integer.parseInt(index.group(2)));
        String name = element.path("name").asText("");
        return name.isEmpty() ? path : path.replace(index.group(), "spec." + index.group(1) + "[" + name + "]");
    }
}
