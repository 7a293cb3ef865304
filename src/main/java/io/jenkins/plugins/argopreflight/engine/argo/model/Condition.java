package io.jenkins.plugins.argopreflight.engine.argo.model;

/**
 * A condition on which a pod exists, if it is not known before the workflow runs.
 *
 * @param words the condition as in the workflow, such as {@code when: {{steps.flip.outputs.result}} == heads}
 */
public record Condition(Kind kind, String words) {

    /** The kind of condition. */
    public enum Kind {
        /** A condition or expression that must be true. */
        WHEN,
        /** A list that must not be empty. */
        LIST,
        /** A failure before the pod, without which it does not exist. */
        FAILURE,
        /** A failed attempt, after which Argo reads the field of a retryStrategy. */
        RETRY,
        /** A cache that must not have the result. */
        CACHE,
        /** The entrypoint, which is wrong and must be fixed first. */
        ENTRYPOINT,
        /** A workflow that must use the template, which is checked without a workflow. */
        CALLER
    }

    /**
     * Returns whether the condition belongs to a run of the workflow. Only a workflow that uses the template does not.
     */
    boolean isOfRun() {
        return kind != Kind.CALLER;
    }

    @Override
    public String toString() {
        return (kind == Kind.FAILURE || kind == Kind.RETRY ? "only on failure: " : "") + words;
    }
}
