package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Rules for a containerSet that the controller refuses; source: argo-workflows
 * pkg/apis/workflow/v1alpha1/container_set_template_types.go (Validate), workflow/validate/validate.go (validateLeaf).
 */
final class ContainerSetRules {

    private final String path;
    private final String label;
    private final JsonNode template;
    private final BiConsumer<String, String> refuse;

    /**
     * Creates the rules for one template.
     *
     * @param refuse consumes the field's path and the reason
     */
    ContainerSetRules(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        this.path = path + ".containerSet";
        this.label = "templates." + name + ".containerSet.";
        this.template = template;
        this.refuse = refuse;
    }

    void check() {
        JsonNode set = template.path("containerSet");
        if (!set.isObject()) {
            return;
        }
        JsonNode containers = set.path("containers");
        if (containers.isEmpty()) {
            refuse.accept(path, label + "containers must have at least one container");
        }
        Set<String> names = names(containers);
        for (int i = 0; i < containers.size(); i++) {
            for (JsonNode other : containers.get(i).path("dependencies")) {
                if (!names.contains(Json.text(other))) {
                    refuse.accept(
                            path + ".containers[" + i + "].dependencies",
                            label + "containers." + Json.text(containers.get(i), "name") + " dependency '"
                                    + Json.text(other) + "' not defined");
                }
            }
        }
        checkCycle(containers);
        boolean hasFiles = !template.path("inputs").path("artifacts").isEmpty()
                || !template.path("outputs").path("parameters").isEmpty()
                || !template.path("outputs").path("artifacts").isEmpty();
        if (hasFiles && !names.contains("main")) {
            refuse.accept(path, label + "containers must have a container named \"main\" for input or output");
        }
        checkMounts(set.path("volumeMounts"));
        checkDuration(Json.text(set.path("retryStrategy"), "duration"));
    }

    private void checkCycle(JsonNode containers) {
        Map<String, Set<String>> dependencies = new HashMap<>();
        for (JsonNode container : containers) {
            Set<String> others = dependencies.computeIfAbsent(Json.text(container, "name"), any -> new HashSet<>());
            container.path("dependencies").forEach(other -> others.add(Json.text(other)));
        }
        Validation.findInCycle(dependencies)
                .ifPresent(name -> refuse.accept(
                        path + ".containers",
                        label + "containers dependency cycle detected: " + name + " waits for itself"));
    }

    private Set<String> names(JsonNode containers) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            String name = Json.text(containers.get(i), "name");
            if (name.isEmpty()) {
                refuse.accept(path + ".containers[" + i + "]", label + "containers[" + i + "].name is required");
            } else if (!names.add(name)) {
                refuse.accept(
                        path + ".containers[" + i + "].name",
                        label + "containers[" + i + "].name '" + name + "' is not unique");
            }
        }
        return names;
    }

    private void checkMounts(JsonNode mounts) {
        Map<String, String> mountsByPath = new HashMap<>();
        for (int i = 0; i < mounts.size(); i++) {
            String mountPath = Json.text(mounts.get(i), "mountPath");
            String earlierMount = mountsByPath.put(mountPath, "volumeMounts." + Json.text(mounts.get(i), "name"));
            if (earlierMount != null) {
                refuse.accept(
                        path + ".volumeMounts[" + i + "].mountPath",
                        label + "volumeMounts[" + i + "].mountPath '" + mountPath + "' already mounted in "
                                + earlierMount);
            }
        }
    }

    private void checkDuration(String duration) {
        if (!duration.isEmpty() && GoDuration.parse(duration).isEmpty()) {
            refuse.accept(
                    path + ".retryStrategy.duration",
                    label + "retryStrategy.duration: time: invalid duration \"" + duration + "\"; such as 10s or 1m");
        }
    }
}
