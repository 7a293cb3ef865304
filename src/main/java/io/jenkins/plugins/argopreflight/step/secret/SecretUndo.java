package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.engine.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a block put into a cluster, so that its end can take exactly that away. It survives restarts. */
final class SecretUndo implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where it is, for {@link SecretHolds}. */
    final String server;

    private final TreeSet<String> created = new TreeSet<>();
    private final LinkedHashMap<String, ArrayList<String>> bound = new LinkedHashMap<>();
    private final TreeSet<String> touched = new TreeSet<>();

    private SecretUndo(String server) {
        this.server = server;
    }

    static SecretUndo of(SyncReport report) {
        SecretUndo undo = new SecretUndo(report.server());
        if (!report.dryRun()) {
            report.namespaces().forEach(undo::add);
        }
        return undo;
    }

    private void add(NamespaceOutcome outcome) {
        if (outcome.status() != NamespaceOutcome.Status.REFUSED) {
            touched.add(outcome.namespace());
        }
        for (Change change : outcome.changes()) {
            if (change.kind().equals("Secret") && change.action().equals("created")) {
                created.add(outcome.namespace());
            } else if (change.kind().equals("ServiceAccount") && change.action().equals("bound")) {
                bound.computeIfAbsent(outcome.namespace(), any -> new ArrayList<>())
                        .add(change.name());
            }
        }
    }

    /** A Secret that this block found says that this very build wrote it: before a restart. */
    void addCreated(String namespace) {
        created.add(namespace);
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
