package io.jenkins.plugins.argopreflight.engine.argo.model;

/**
 * A condition that must be true for a pod to exist, and whose value is not known before the workflow runs.
 *
 * @param words the condition as in the workflow, such as {@code when: {{steps.flip.outputs.result}} == heads}
 */
public record Condition(Kind kind, String words) {

    /** The beginning of the text of a condition that is a failure. */
    public static final String ON_FAILURE = "only on failure: ";

    /** The kind of condition. */
    public enum Kind {
        /** A condition or expression that must be true. */
        WHEN,
        /** A list that must not be empty. */
        LIST,
        /** The failure of an earlier node: the pod exists only after the failure. */
        FAILURE,
        /** The failure of a node's first attempt: Argo evaluates the retryStrategy only after the failure. */
        RETRY,
        /** The state of the memoization cache: Argo creates no pod for a result that the cache has. */
        CACHE,
        /** A corrected entrypoint that leads to the pod's template: the present one does not exist. */
        ENTRYPOINT,
        /** The use of a template, which is checked without a workflow, by a workflow. */
        CALLER
    }

    /**
     * Returns whether the condition can be false for a workflow that a defect of the pod affects. The kind CALLER
     * cannot: a workflow that does not use the template is not affected.
     */
    boolean canBeFalse() {
        return kind != Kind.CALLER;
    }

    /** Returns whether the pod exists only after a failure. */
    public boolean isOnFailure() {
        return kind == Kind.FAILURE || kind == Kind.RETRY;
    }

    /** Returns the condition as a clause of a sentence about the pod, such as {@code only if when: …}. */
    public String clause() {
        return clause(isOnFailure(), toString());
    }

    /**
     * Returns a condition as a clause of a sentence about the pod.
     *
     * @param text the text of the condition; that of a failure is a clause already
     */
    public static String clause(boolean isOnFailure, String text) {
        return isOnFailure ? text : "only if " + text;
    }

    @Override
    public String toString() {
        return (isOnFailure() ? ON_FAILURE : "") + words;
    }
}
