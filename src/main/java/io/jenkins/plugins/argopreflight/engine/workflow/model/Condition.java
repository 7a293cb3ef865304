package io.jenkins.plugins.argopreflight.engine.workflow.model;

/**
 * What must hold for a pod to exist, where that is not known before the workflow runs.
 *
 * @param words in the workflow's own words, such as {@code when: {{steps.flip.outputs.result}} == heads}
 */
public record Condition(Kind kind, String words) {

    /** What kind of thing decides it. */
    public enum Kind {
        /** A condition or expression that must be true. */
        WHEN,
        /** A list that must not be empty. */
        LIST,
        /** It exists only when something before it fails. */
        FAILURE,
        /** A cache that must not have the result. */
        CACHE,
        /** The entrypoint, which leads nowhere and must be corrected first. */
        ENTRYPOINT,
        /** A workflow that must use the template: what is judged here is the template. */
        CALLER
    }

    /** Whether the pod can be missing from the run that is judged. */
    boolean isOfRun() {
        return kind != Kind.CALLER;
    }

    @Override
    public String toString() {
        return (kind == Kind.FAILURE ? "only on failure: " : "") + words;
    }
}
