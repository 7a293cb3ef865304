package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A namespace after the change (with a dry run: as it would be after it), with everything that is needed to prove that
 * pulls work.
 *
 * @param outcome the result of the change
 * @param secret the Secret as it was read back; empty if there is none or it could not be read
 * @param pullSecrets the names in imagePullSecrets of each requested ServiceAccount
 * @param rebound the ServiceAccounts whose list was changed, each with its old list
 * @param unseen facts that could not be checked
 */
public record SyncedNamespace(
        NamespaceOutcome outcome,
        Optional<PullSecret> secret,
        Map<String, List<String>> pullSecrets,
        Map<String, List<String>> rebound,
        List<Unavailable> unseen) {

    /** Creates the result of a namespace in which nothing was written, and of which nothing is known. */
    public static SyncedNamespace of(NamespaceOutcome outcome) {
        return new SyncedNamespace(outcome, Optional.empty(), Map.of(), Map.of(), List.of());
    }

    /** Creates the result of a namespace in which nothing can be done, so that nothing was changed. */
    public static SyncedNamespace refused(String namespace, Problem problem) {
        return of(new NamespaceOutcome(namespace, Status.REFUSED, List.of(), problem, List.of(), List.of(), List.of()));
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
