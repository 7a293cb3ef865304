package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.List;

/**
 * A reason why Pod Security refuses a pod, with the API server's message.
 *
 * @param check the check that refuses the pod
 * @param reason the API server's text for the check, such as {@code host namespaces}
 * @param detail such as {@code hostNetwork=true}
 * @param field the field that violates the level, below each of the containers; below the pod's spec if there are none
 * @param containers names of the containers with the field, in the order of the pod
 * @param volumes names of the volumes that violate the level
 */
public record Violation(
        PodSecurityCheck check,
        String reason,
        String detail,
        String field,
        List<String> containers,
        List<String> volumes) {

    public Violation {
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
    }

    static Violation ofPod(PodSecurityCheck check, String detail) {
        return ofContainers(check, List.of(), detail);
    }

    static Violation ofContainers(PodSecurityCheck check, List<String> containers, String detail) {
        return new Violation(check, check.reason(), detail, check.field(), containers, List.of());
    }

    static Violation ofVolumes(PodSecurityCheck check, List<String> volumes, String detail) {
        return new Violation(check, check.reason(), detail, "volumes", List.of(), volumes);
    }

    /** Returns this violation with another of the check's reasons. */
    Violation withReason(String text) {
        return new Violation(check, text, detail, field, containers, volumes);
    }

    /** Returns this violation with another of the check's fields. */
    Violation withField(String name) {
        return new Violation(check, reason, detail, name, containers, volumes);
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
