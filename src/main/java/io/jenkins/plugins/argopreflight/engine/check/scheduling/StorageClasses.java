package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.List;
import java.util.Optional;

/** The cluster's StorageClasses, as a claim's spec picks one. */
final class StorageClasses {

    private final List<ObjectNode> classes;

    StorageClasses(List<ObjectNode> classes) {
        this.classes = classes;
    }

    Optional<ObjectNode> named(String name) {
        return classes.stream().filter(each -> Objects.name(each).equals(name)).findFirst();
    }

    boolean hasDefault() {
        return classes.stream().anyMatch(Objects::isDefaultClass);
    }

    /** Their names for people. */
    String shown() {
        return classes.isEmpty()
                ? "the cluster has none"
                : "there is "
                        + String.join(", ", classes.stream().map(Objects::name).toList());
    }

    List<String> names() {
        return classes.stream().map(object -> Objects.name(object)).toList();
    }

    /** The class that a claim's spec names; empty when it leaves it to the default, "" when it wants none. */
    static Optional<String> wanted(JsonNode claim) {
        String annotated = Objects.annotations(claim).get("volume.beta.kubernetes.io/storage-class");
        JsonNode name = claim.path("spec").path("storageClassName");
        return annotated != null
                ? Optional.of(annotated)
                : name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
    }
}
