package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.Level;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Values that are still {@code {{…}}}: a rule about them cannot be checked before the workflow runs. */
public final class OpenValues {

    private OpenValues() {}

    /** Returns the reason why a value is not known; empty if it is. */
    public static Optional<String> value(String path, String value) {
        return value.contains("{{")
                ? Optional.of(path + " is " + value + ", which is not known before the workflow runs")
                : Optional.empty();
    }

    /** Returns the reason why a request or limit of a container or the pod is not known; empty if all are. */
    public static Optional<String> resources(JsonNode pod) {
        return first(pod, "resources");
    }

    /** Returns the reason why a field of Pod Security is not known; empty if all are, or if the level has no rules. */
    public static Optional<String> security(JsonNode pod, LevelVersion policy) {
        return policy.level() == Level.PRIVILEGED ? Optional.empty() : first(pod, "securityContext");
    }

    private static Optional<String> first(JsonNode pod, String field) {
        JsonNode spec = pod.path("spec");
        Stream<Optional<String>> ofPod = Stream.of(in("spec." + field, spec.path(field)));
        Stream<Optional<String>> ofContainers = Stream.of("initContainers", "containers")
                .flatMap(list -> spec.path(list)
                        .valueStream()
                        .map(container -> in(
                                "spec." + list + "[" + Json.text(container, "name") + "]." + field,
                                container.path(field))));
        List<String> found =
                Stream.concat(ofPod, ofContainers).flatMap(Optional::stream).toList();
        return found.stream().findFirst();
    }

    private static Optional<String> in(String path, JsonNode value) {
        if (value.isTextual()) {
            return value(path, Json.text(value));
        }
        return value.properties().stream()
                .flatMap(entry -> in(path + "." + entry.getKey(), entry.getValue()).stream())
                .findFirst()
                .or(() -> value.valueStream()
                        .flatMap(element -> in(path, element).stream())
                        .findFirst());
    }
}
