package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

/**
 * The reason why a check does not accept a pod, with the API server's message.
 *
 * @param reason such as {@code host namespaces}
 * @param detail such as {@code hostNetwork=true}
 */
record Violation(String reason, String detail) {

    @Override
    public String toString() {
        return reason + " (" + detail + ")";
    }
}
