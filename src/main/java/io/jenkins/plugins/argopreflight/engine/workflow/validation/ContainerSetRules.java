package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A containerSet that the controller does not take; source: argo-workflows
 * pkg/apis/workflow/v1alpha1/container_set_template_types.go (Validate), workflow/validate/validate.go (validateLeaf).
 */
final class ContainerSetRules {

    private final String path;
    private final String what;
    private final JsonNode template;
    private final BiConsumer<String, String> refuse;

    /** @param refuse takes the field's path, and why */
    ContainerSetRules(String path, String name, JsonNode template, BiConsumer<String, String> refuse) {
        this.path = path + ".containerSet";
        this.what = "templates." + name + ".containerSet.";
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
            refuse.accept(path, what + "containers must have at least one container");
        }
        Set<String> names = names(containers);
        for (int i = 0; i < containers.size(); i++) {
            for (JsonNode other : containers.get(i).path("dependencies")) {
                if (!names.contains(other.asText(""))) {
                    refuse.accept(
                            path + ".containers[" + i + "].dependencies",
                            what + "containers." + Json.text(containers.get(i), "name") + " dependency '"
                                    + other.asText("") + "' not defined");
                }
            }
        }
        cycle(containers);
        boolean files = !template.path("inputs").path("artifacts").isEmpty()
                || !template.path("outputs").path("parameters").isEmpty()
                || !template.path("outputs").path("artifacts").isEmpty();
        if (files && !names.contains("main")) {
            refuse.accept(path, what + "containers must have a container named \"main\" for input or output");
        }
        mounts(set.path("volumeMounts"));
        duration(Json.text(set.path("retryStrategy"), "duration"));
    }

    private void cycle(JsonNode containers) {
        Map<String, Set<String>> waits = new HashMap<>();
        for (JsonNode container : containers) {
            Set<String> others = waits.computeIfAbsent(Json.text(container, "name"), any -> new HashSet<>());
            container.path("dependencies").forEach(other -> others.add(other.asText("")));
        }
        Validation.inCycle(waits)
                .ifPresent(name -> refuse.accept(
                        path + ".containers",
                        what + "containers dependency cycle detected: " + name + " waits for itself"));
    }

    private Set<String> names(JsonNode containers) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            String name = Json.text(containers.get(i), "name");
            if (name.isEmpty()) {
                refuse.accept(path + ".containers[" + i + "]", what + "containers[" + i + "].name is required");
            } else if (!names.add(name)) {
                refuse.accept(
                        path + ".containers[" + i + "].name",
                        what + "containers[" + i + "].name '" + name + "' is not unique");
            }
        }
        return names;
    }

    private void mounts(JsonNode mounts) {
        Map<String, String> taken = new HashMap<>();
        for (int i = 0; i < mounts.size(); i++) {
            String at = Json.text(mounts.get(i), "mountPath");
            String before = taken.put(at, "volumeMounts." + Json.text(mounts.get(i), "name"));
            if (before != null) {
                refuse.accept(
                        path + ".volumeMounts[" + i + "].mountPath",
                        what + "volumeMounts[" + i + "].mountPath '" + at + "' already mounted in " + before);
            }
        }
    }

    private void duration(String duration) {
        if (!duration.isEmpty() && GoDuration.parse(duration).isEmpty()) {
            refuse.accept(
                    path + ".retryStrategy.duration",
                    what + "retryStrategy.duration: time: invalid duration \"" + duration + "\"; such as 10s or 1m");
        }
    }
}
