package io.jenkins.plugins.argopreflight.engine.sync.secret;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.Pruning;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.block.Block;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.engine.sync.block.SecretKey;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncIntent;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * Writes a Secret that several {@code withArgoRegistrySecret} blocks can share. Before it reads the Secret, it records
 * in {@link Holds} that the block uses it. No other block works on the Secret until the work in its namespace is
 * finished. {@link BlockUndo} removes the record.
 */
public final class BlockSecretWriter {

    private final Holds holds;
    private final ClusterGateway cluster;
    private final int concurrency;

    public BlockSecretWriter(Holds holds, ClusterGateway cluster, int concurrency) {
        this.holds = holds;
        this.cluster = cluster;
        this.concurrency = concurrency;
    }

    /** Writes the Secret for a block, as {@link RegistrySecretWriter} does. */
    public SyncReport apply(Block block, SyncRequest request, List<String> verifyImages, RegistrySettings registries) {
        if (request.options().dryRun()) {
            return writer().run(request, verifyImages, registries, done -> {});
        }
        return writer().withListener(intent -> announce(key(request, intent.namespace()), intent))
                .guarded((namespace, work) -> applyForBlock(key(request, namespace), block, work))
                .run(request, verifyImages, registries, done -> {});
    }

    /** Writes a Secret that stays: a block that uses it does not delete it. */
    public SyncReport applyPermanently(SyncRequest request, List<String> verifyImages, RegistrySettings registries) {
        boolean write = !request.options().dryRun();
        return writer().guarded((namespace, work) ->
                        write ? applyPermanently(key(request, namespace), request, work) : work.run(Pruning.ALLOWED))
                .run(request, verifyImages, registries, done -> {});
    }

    private RegistrySecretWriter writer() {
        return new RegistrySecretWriter(cluster, concurrency, Clock.systemUTC());
    }

    private SecretKey key(SyncRequest request, String namespace) {
        return new SecretKey(request.owner().id(), cluster.server(), namespace, request.name());
    }

    private SyncedNamespace applyForBlock(SecretKey key, Block block, NamespaceGuard.Work work) {
        return withLock(key, () -> {
            holds.take(key, block);
            SyncedNamespace done = work.run(pruning(key, block.id()));
            NamespaceOutcome outcome = done.outcome();
            store(() -> holds.wrote(key, outcome.status() != Status.FAILED, isCreated(outcome), bound(outcome)));
            return done;
        });
    }

    private SyncedNamespace applyPermanently(SecretKey key, SyncRequest request, NamespaceGuard.Work work) {
        return withLock(key, () -> {
            SyncedNamespace done = work.run(pruning(key, ""));
            Status status = done.outcome().status();
            if (status == Status.CHANGED || status == Status.UNCHANGED) {
                store(() -> holds.keep(key, request.serviceAccounts()));
            }
            return done;
        });
    }

    private Pruning pruning(SecretKey key, String block) {
        return holds.isShared(key, block) ? Pruning.FORBIDDEN : Pruning.ALLOWED;
    }

    private SyncedNamespace withLock(SecretKey key, Holds.Work<SyncedNamespace, RuntimeException> work) {
        try {
            return holds.locked(List.of(key), work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(
                    Kind.INTERRUPTED, "interrupted while waiting for another block that works on the Secret", e);
        }
    }

    private void announce(SecretKey key, SyncIntent intent) {
        store(() -> holds.announce(key, intent.creates(), intent.binds()));
    }

    @FunctionalInterface
    private interface StoreChange {
        void run() throws IOException;
    }

    private static void store(StoreChange change) {
        try {
            change.run();
        } catch (IOException e) {
            throw new ClusterException(
                    Kind.INVALID, "what a block writes cannot be recorded on this controller's disk", e);
        }
    }

    private static boolean isCreated(NamespaceOutcome outcome) {
        return outcome.changes().stream().anyMatch(change -> isChange(change, "Secret", Action.CREATED));
    }

    private static List<String> bound(NamespaceOutcome outcome) {
        return outcome.changes().stream()
                .filter(change -> isChange(change, "ServiceAccount", Action.BOUND)
                        || isChange(change, "ServiceAccount", Action.CREATED))
                .map(Change::name)
                .toList();
    }

    private static boolean isChange(Change change, String kind, Action action) {
        return change.kind().equals(kind) && change.action() == action;
    }
}
