package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import java.util.List;

/**
 * The result of a change in one namespace.
 *
 * @param namespace the name of the namespace
 * @param status the result in one word
 * @param changes the changes, object by object; with dryRun those that would be made
 * @param message the reason of a refusal or failure, and what is left half done; "" for none
 * @param remediation commands or YAML that can be pasted
 * @param stalePods pods that were created before the change and keep the old list of pull Secrets
 * @param notes information for the user although nothing is wrong, such as a Secret that could be written but not read
 */
public record NamespaceOutcome(
        String namespace,
        Status status,
        List<Change> changes,
        String message,
        List<String> remediation,
        List<StalePod> stalePods,
        List<String> notes) {

    /** The end of a message of a namespace in which nothing was written. */
    public static final String NOTHING_CHANGED = "; nothing was changed";

    public NamespaceOutcome with(List<StalePod> newStalePods, List<String> newNotes) {
        return new NamespaceOutcome(
                namespace, status, changes, message, remediation, List.copyOf(newStalePods), List.copyOf(newNotes));
    }

    /** The result of a namespace, in order of severity. */
    public enum Status {
        UNCHANGED,
        CHANGED,
        /**
         * A rule prevents the change, and nothing was written: the Secret is not managed by Argo Preflight or has the
         * wrong type, or a right or an account is missing.
         */
        REFUSED,
        /** An error occurred after writing began; the message describes what is left half done. */
        FAILED;

        public String label() {
            return Label.of(this);
        }
    }

    /**
     * A change of one object.
     *
     * @param kind {@code Secret} or {@code ServiceAccount}
     * @param name the name of the object
     * @param action created, updated, recreated, deleted, released (the registries of Argo Preflight were removed),
     *     bound, unbound, unchanged
     * @param diff redacted lines, each with {@code "+ "}, {@code "- "} or {@code "~ "} in front
     */
    public record Change(String kind, String name, String action, List<String> diff) {}

    /**
     * A pod that runs or waits with the old list of pull Secrets.
     *
     * @param name the name of the pod
     * @param phase Pending or Running
     * @param serviceAccount the account whose list the pod got when it was created
     * @param owner the object that created the pod, such as {@code Workflow/build-x7k2p}; "" for none
     * @param remedy the command that recreates the pod
     */
    public record StalePod(String name, String phase, String serviceAccount, String owner, String remedy) {}
}
