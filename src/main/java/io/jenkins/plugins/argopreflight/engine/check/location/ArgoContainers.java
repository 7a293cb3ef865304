package io.jenkins.plugins.argopreflight.engine.check.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.ImageHolder;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The containers of a pod, and the writer of each. A problem of a container that the user did not write cannot be fixed
 * in the workflow's containers.
 */
public final class ArgoContainers {

    /** The writer of a container. */
    public enum Writer {
        /** The workflow, or the Pod itself. */
        USER,
        /** The controller's {@code executor}: init, wait, supervisor, and main of resource and data templates. */
        EXECUTOR,
        /** The controller's {@code artifactDrivers}, with the settings of the executor. */
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

    /** Matches a container by its index, such as {@code spec.containers[1]}. */
    private static final Pattern INDEX = Pattern.compile("spec\\.(\\w+)\\[(\\d+)]");

    private ArgoContainers() {}

    /** Returns the names of the containers of a pod, init containers first. */
    public static List<String> names(ArgoPod pod) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            pod.spec().path(list).forEach(each -> names.add(Json.text(each, "name")));
        }
        return names;
    }

    /** Returns the container with a name; empty if the pod has none. */
    public static Optional<ImageHolder> holder(ArgoPod pod, String name) {
        return Stream.of(ImageHolder.Kind.CONTAINER, ImageHolder.Kind.INIT_CONTAINER)
                .map(kind -> new ImageHolder(kind, name))
                .filter(holder -> !holder.element(pod.spec()).isMissingNode())
                .findFirst();
    }

    /** Returns the container with a name, or a missing node if the pod has none. */
    public static JsonNode container(ArgoPod pod, String name) {
        return holder(pod, name).map(holder -> holder.element(pod.spec())).orElseGet(MissingNode::getInstance);
    }

    /**
     * Returns the path of a container, such as {@code spec.containers[main]}; the path of the pod's spec if it has no
     * container of this name.
     */
    public static String path(ArgoPod pod, String name) {
        return holder(pod, name).map(ImageHolder::path).orElse("spec");
    }

    /**
     * Returns the place of a container's field that is not set: beside its image, in the object that sets the image.
     */
    public static Subject place(WorkflowFacts workflow, ArgoPod pod, String name, String field) {
        Subject image = Places.of(workflow, pod, path(pod, name) + ".image");
        String sibling = image.path().replaceFirst("\\bimage$", field);
        return image.path(sibling.equals(image.path()) ? "" : sibling);
    }

    /** Returns the writer of the container with a name. */
    public static Writer writer(Facts facts, ArgoPod pod, String name) {
        return holder(pod, name).map(holder -> writer(facts, pod, holder)).orElse(Writer.USER);
    }

    /** Returns the writer of a container or volume. */
    public static Writer writer(Facts facts, ArgoPod pod, ImageHolder holder) {
        String imagePath = holder.path() + ".image";
        FieldSource source = pod.origin(imagePath).source();
        if (source == FieldSource.POD) {
            return Writer.USER;
        }
        if (source == FieldSource.ADMISSION) {
            return Writer.ADMISSION;
        }
        String name = holder.isVolume() ? "" : holder.name();
        if (ContainerNames.isDriver(name)) {
            return Writer.ARTIFACT_DRIVER;
        }
        if (pod.kind() == ArgoPod.Kind.AGENT) {
            return name.equals("init") || name.equals("main") ? Writer.AGENT : Writer.EXECUTOR_PLUGIN;
        }
        if (ContainerNames.EXECUTOR.contains(name) || holder.equals(ImageHolder.EXECUTOR_VOLUME)) {
            return Writer.EXECUTOR;
        }
        if (pod.kind() == ArgoPod.Kind.ARTIFACT_GC) {
            return Writer.ARTIFACT_GC;
        }
        boolean isExecutorImage =
                !holder.isVolume() && facts.controller().putsExecutorImage(pod, imagePath, holder.image(pod.spec()));
        return isExecutorImage ? Writer.EXECUTOR : Writer.USER;
    }

    /** Returns, for each container, the fix that sets the fields where the container is written. */
    public static List<Fix> changes(
            WorkflowFacts workflow, ArgoPod pod, List<String> names, Yaml fields, String reason) {
        return names.stream()
                .<Fix>map(name -> ChangeField.to(fields)
                        .at(Places.place(place(workflow, pod, name, fields.field())))
                        .because(reason))
                .toList();
    }

    /** Returns the names of the containers that the user did not write. */
    public static List<String> notWrittenByUser(Facts facts, ArgoPod pod, Collection<String> names) {
        return names.stream()
                .filter(name -> writer(facts, pod, name) != Writer.USER)
                .distinct()
                .toList();
    }

    /** Returns whether a pull is for Argo's executor image, which init, wait, agent and artifact GC run. */
    public static boolean runsExecutorImage(Facts facts, PodPull row) {
        return facts.controller()
                .putsExecutorImage(row.pod(), row.path(), row.pull().image());
    }

    /**
     * Returns a path of the API server, such as {@code spec.containers[1].resources}, with the container's name in the
     * place of its index: {@code spec.containers[main].resources}.
     */
    public static String pathWithNames(ArgoPod pod, String path) {
        Matcher index = INDEX.matcher(path);
        if (!index.find()) {
            return path;
        }
        JsonNode element = pod.spec().path(index.group(1)).path(Integer.parseInt(index.group(2)));
        String name = Json.text(element, "name");
        return name.isEmpty() ? path : path.replace(index.group(), "spec." + index.group(1) + "[" + name + "]");
    }
}
