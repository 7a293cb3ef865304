package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.engine.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SyncIntent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a block put into a cluster, so that its end can take exactly that away. It survives restarts. */
final class SecretUndo implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where it is, for {@link SecretHolds}. */
    final String server;

    private final TreeSet<String> created = new TreeSet<>();
    private final LinkedHashMap<String, ArrayList<String>> bound = new LinkedHashMap<>();
    private final TreeSet<String> touched = new TreeSet<>();

    /** Of nothing yet. */
    SecretUndo(String server) {
        this.server = server;
    }

    private SecretUndo(SecretUndo other) {
        this(other.server);
        created.addAll(other.created);
        touched.addAll(other.touched);
        other.bound.forEach((namespace, accounts) -> bound.put(namespace, new ArrayList<>(accounts)));
    }

    /** Also what is about to be written: should nobody live to hear of it, it counts as done. This one stays as it is. */
    SecretUndo plus(SyncIntent intent) {
        SecretUndo more = new SecretUndo(this);
        more.add(intent);
        return more;
    }

    /**
     * What is to be undone after all.
     *
     * @param report what was done
     * @param interrupted what was about to be written before Jenkins was restarted, so that the report finds it there
     */
    static SecretUndo of(SyncReport report, Collection<SyncIntent> announced, Optional<SecretUndo> interrupted) {
        SecretUndo undo = interrupted.map(SecretUndo::new).orElseGet(() -> new SecretUndo(report.server()));
        if (!report.dryRun()) {
            report.namespaces().forEach(undo::add);
        }
        // Of these nobody knows how far they came.
        Set<String> failed = report.namespaces().stream()
                .filter(outcome -> outcome.status() == Status.FAILED)
                .map(NamespaceOutcome::namespace)
                .collect(Collectors.toSet());
        announced.stream().filter(intent -> failed.contains(intent.namespace())).forEach(undo::add);
        return undo;
    }

    private void add(SyncIntent intent) {
        touched.add(intent.namespace());
        if (intent.creates()) {
            created.add(intent.namespace());
        }
        intent.binds().forEach(account -> bind(intent.namespace(), account));
    }

    private void bind(String namespace, String account) {
        List<String> accounts = bound.computeIfAbsent(namespace, any -> new ArrayList<>());
        if (!accounts.contains(account)) {
            accounts.add(account);
        }
    }

    private void add(NamespaceOutcome outcome) {
        if (outcome.status() != Status.REFUSED) {
            touched.add(outcome.namespace());
        }
        for (Change change : outcome.changes()) {
            if (change.kind().equals("Secret") && change.action().equals("created")) {
                created.add(outcome.namespace());
            } else if (change.kind().equals("ServiceAccount") && change.action().equals("bound")) {
                bind(outcome.namespace(), change.name());
            }
        }
    }

    /** Namespaces in which there is the Secret now. */
    List<String> touched() {
        return List.copyOf(touched);
    }

    /** Namespaces whose Secret is ours to delete. */
    TreeSet<String> created() {
        return new TreeSet<>(created);
    }

    /** By namespace, the ServiceAccounts that refer to it because of us, where the Secret itself was there before. */
    Map<String, List<String>> boundOnly() {
        Map<String, List<String>> only = new LinkedHashMap<>(bound);
        only.keySet().removeAll(created);
        return only;
    }
}
