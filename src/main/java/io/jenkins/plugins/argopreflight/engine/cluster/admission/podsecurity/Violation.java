package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

/**
 * Why a check does not let a pod in, in the API server's words.
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
