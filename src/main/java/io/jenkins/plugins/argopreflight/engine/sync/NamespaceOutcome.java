package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.fact.Label;
import java.util.List;

/**
 * What became of one namespace.
 *
 * @param namespace its name
 * @param status in one word
 * @param changes what was done, or with dryRun what would be done, object by object
 * @param message why it was refused or failed, and what is left half done; "" for none
 * @param remediation commands or YAML that can be pasted
 * @param stalePods pods that were created before the change and keep the old list
 * @param notes what a person should know although nothing is wrong, such as the blind mode
 */
public record NamespaceOutcome(
        String namespace,
        Status status,
        List<Change> changes,
        String message,
        List<String> remediation,
        List<StalePod> stalePods,
        List<String> notes) {

    public NamespaceOutcome with(List<StalePod> newStalePods, List<String> newNotes) {
        return new NamespaceOutcome(
                namespace, status, changes, message, remediation, List.copyOf(newStalePods), List.copyOf(newNotes));
    }

    /** In order of severity. */
    public enum Status {
        UNCHANGED,
        CHANGED,
        /** Nothing was written, since it must not be: not ours, wrong type, missing right, missing account. */
        REFUSED,
        /** An error on the way; the message says what is left. */
        FAILED;

        public String label() {
            return Label.of(this);
        }
    }

    /**
     * One object that was written.
     *
     * @param kind {@code Secret} or {@code ServiceAccount}
     * @param name its name
     * @param action created, updated, recreated, deleted, released (our registries taken out), bound, unbound,
     *     unchanged
     * @param diff redacted lines, each with {@code "+ "}, {@code "- "} or {@code "~ "} in front
     */
    public record Change(String kind, String name, String action, List<String> diff) {}

    /**
     * A pod that runs or waits with the old list.
     *
     * @param name the pod
     * @param phase Pending or Running
     * @param serviceAccount whose list it got when it was created
     * @param owner such as {@code Workflow/build-x7k2p}; "" for none
     * @param remedy the command that recreates it
     */
    public record StalePod(String name, String phase, String serviceAccount, String owner, String remedy) {}
}
