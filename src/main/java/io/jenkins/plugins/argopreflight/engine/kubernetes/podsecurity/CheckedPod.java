package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A pod as Pod Security reads it. A field with the value null counts as absent. The init containers come first, then
 * the main ones, then the ephemeral ones.
 */
final class CheckedPod {

    private final JsonNode pod;
    private final List<JsonNode> containers = new ArrayList<>();

    CheckedPod(JsonNode pod) {
        this.pod = pod;
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            spec().path(list).forEach(containers::add);
        }
    }

    JsonNode spec() {
        return pod.path("spec");
    }

    JsonNode securityContext() {
        return spec().path("securityContext");
    }

    Map<String, String> annotations() {
        return KubeObjects.annotations(pod);
    }

    List<JsonNode> containers() {
        return containers;
    }

    /** Returns the names of the containers for which a condition is true. */
    List<String> containerNames(Predicate<JsonNode> condition) {
        return containers.stream()
                .filter(condition)
                .map(container -> Json.text(container, "name"))
                .toList();
    }

    /**
     * Returns the names of the containers for whose securityContext a condition is true. An absent securityContext
     * counts as one without fields.
     */
    List<String> containerNamesByContext(Predicate<JsonNode> condition) {
        return containerNames(container -> condition.test(container.path("securityContext")));
    }

    boolean isWindows() {
        return Json.text(spec(), "os", "name").equals("windows");
    }

    boolean hasUserNamespace() {
        return isFalse(spec().path("hostUsers"));
    }

    static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }
}
