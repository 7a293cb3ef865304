package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The containers of a pod, and which of them are Argo's own: those are mended elsewhere than the workflow's. */
final class ArgoContainers {

    private static final Pattern INDEX = Pattern.compile("spec\\.(\\w+)\\[(\\d+)]");

    private ArgoContainers() {}

    static List<String> names(ArgoPod pod) {
        List<String> names = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            pod.spec().path(list).forEach(each -> names.add(each.path("name").asText()));
        }
        return names;
    }

    /** {@code spec.containers[main]} of a container's name; the pod itself when it has none of that name. */
    static String path(ArgoPod pod, String name) {
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode each : pod.spec().path(list)) {
                if (each.path("name").asText().equals(name)) {
                    return "spec." + list + "[" + name + "]";
                }
            }
        }
        return "spec";
    }

    /** A container's field that nobody set: beside its image, in the object that has that. */
    static Subject place(WorkflowFacts workflow, ArgoPod pod, String name, String field) {
        Subject image = Places.of(workflow, pod, path(pod, name) + ".image");
        String beside = image.path().replaceFirst("\\bimage$", field);
        return new Subject(
                image.file(),
                image.line(),
                beside.equals(image.path()) ? "" : beside,
                image.kind(),
                image.name(),
                image.namespace(),
                image.container());
    }

    /** Those of these that run argoexec itself: init, wait, supervisor, and main of resource and data templates. */
    static List<String> own(Facts facts, ArgoPod pod, Collection<String> names) {
        String executor = facts.controller().executorImage();
        List<String> own = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode each : pod.spec().path(list)) {
                String name = each.path("name").asText();
                if (names.contains(name) && each.path("image").asText().equals(executor)) {
                    own.add(name);
                }
            }
        }
        return own;
    }

    /** The server's {@code spec.containers[1].resources} as our {@code spec.containers[main].resources}. */
    static String named(ArgoPod pod, String path) {
        Matcher index = INDEX.matcher(path);
        if (!index.find()) {
            return path;
        }
        JsonNode element = pod.spec().path(index.group(1)).path(Integer.parseInt(index.group(2)));
        String name = element.path("name").asText();
        return name.isEmpty() ? path : path.replace(index.group(), "spec." + index.group(1) + "[" + name + "]");
    }
}
