package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One namespace after (with a dry run: as after) the change, with what is needed to prove it.
 *
 * @param outcome what became of it
 * @param secret our Secret as it was read back; empty when there is none or it could not be read
 * @param pullSecrets the names in imagePullSecrets of each ServiceAccount that was asked for
 * @param rebound the ServiceAccounts whose list was changed, each with its old list
 * @param unseen what could not be checked
 */
public record SyncedNamespace(
        NamespaceOutcome outcome,
        Optional<PullSecret> secret,
        Map<String, List<String>> pullSecrets,
        Map<String, List<String>> rebound,
        List<Unavailable> unseen) {

    /** Nothing was written, and nothing is known of it. */
    public static SyncedNamespace of(NamespaceOutcome outcome) {
        return new SyncedNamespace(outcome, Optional.empty(), Map.of(), Map.of(), List.of());
    }

    /** A namespace in which nothing can be done, and nothing was. */
    public static SyncedNamespace refused(String namespace, String why) {
        return of(new NamespaceOutcome(namespace, Status.REFUSED, List.of(), why, List.of(), List.of(), List.of()));
    }

    public String namespace() {
        return outcome.namespace();
    }

    public SyncedNamespace noting(String note) {
        List<String> notes = new ArrayList<>(outcome.notes());
        notes.add(note);
        return with(outcome.with(outcome.stalePods(), notes));
    }

    public SyncedNamespace with(NamespaceOutcome newOutcome) {
        return new SyncedNamespace(newOutcome, secret, pullSecrets, rebound, unseen);
    }
}
