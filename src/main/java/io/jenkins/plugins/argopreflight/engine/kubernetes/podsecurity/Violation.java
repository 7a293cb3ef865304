package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.List;

/**
 * A reason why Pod Security refuses a pod, with the API server's message.
 *
 * @param reason such as {@code host namespaces}
 * @param detail such as {@code hostNetwork=true}
 * @param field the field that violates the level, below each of the containers; below the pod's spec if there are none
 * @param containers names of the containers with the field, in the order of the pod
 * @param volumes names of the volumes that violate the level
 */
public record Violation(String reason, String detail, String field, List<String> containers, List<String> volumes) {

    public Violation {
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
    }

    static Violation ofPod(String reason, String field, String detail) {
        return new Violation(reason, detail, field, List.of(), List.of());
    }

    static Violation ofContainers(String reason, String field, List<String> containers, String detail) {
        return new Violation(reason, detail, field, containers, List.of());
    }

    static Violation ofVolumes(String reason, List<String> volumes, String detail) {
        return new Violation(reason, detail, "volumes", List.of(), volumes);
    }

    /** Returns the names of the containers or volumes. */
    public List<String> names() {
        return containers.isEmpty() ? volumes : containers;
    }

    /** Returns whether the reason concerns containers, and not only the pod or its volumes. */
    public boolean concernsContainers() {
        return !containers.isEmpty();
    }

    @Override
    public String toString() {
        return reason + " (" + detail + ")";
    }
}
