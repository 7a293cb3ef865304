package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import java.util.List;
import java.util.Optional;

/** The StorageClasses of a cluster, and the choice of a claim among them. */
final class StorageClasses {

    private final List<ObjectNode> classes;

    StorageClasses(List<ObjectNode> classes) {
        this.classes = classes;
    }

    Optional<ObjectNode> find(String name) {
        return classes.stream()
                .filter(each -> KubeObjects.name(each).equals(name))
                .findFirst();
    }

    boolean hasDefault() {
        return classes.stream().anyMatch(KubeObjects::isDefaultClass);
    }

    /** Returns the names of the classes as a phrase of a sentence. */
    String phrase() {
        return classes.isEmpty()
                ? "the cluster has none"
                : "there is "
                        + String.join(
                                ", ", classes.stream().map(KubeObjects::name).toList());
    }

    List<String> names() {
        return classes.stream().map(object -> KubeObjects.name(object)).toList();
    }

    /**
     * Returns the name of a claim's class: "" if the claim excludes provisioning, empty if the default class applies.
     */
    static Optional<String> nameOf(JsonNode claim) {
        String annotation = KubeObjects.annotations(claim).get("volume.beta.kubernetes.io/storage-class");
        JsonNode name = claim.path("spec").path("storageClassName");
        return annotation != null
                ? Optional.of(annotation)
                : name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
    }
}
