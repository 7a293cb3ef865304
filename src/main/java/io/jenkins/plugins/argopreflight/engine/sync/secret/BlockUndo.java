package io.jenkins.plugins.argopreflight.engine.sync.secret;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds.Duty;
import io.jenkins.plugins.argopreflight.engine.sync.block.SecretKey;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Undoes the changes of a {@code withArgoRegistrySecret} block when it ends. The last block that uses a Secret deletes
 * it if a block created it; otherwise it removes the Secret from the ServiceAccounts to which blocks added it.
 */
public final class BlockUndo {

    private final Holds holds;
    private final String block;
    private final int concurrency;
    private final List<SecretKey> keys;

    public BlockUndo(Holds holds, String block, int concurrency) {
        this.holds = holds;
        this.concurrency = concurrency;
        this.block = block;
        this.keys = holds.secretsOf(block);
    }

    /**
     * The result of undoing a block.
     *
     * @param shared the Secrets that stay because another block uses them
     * @param existing the Secrets that stay because they existed before the blocks
     * @param left the Secrets that were not undone; the block stays recorded, so that they are undone later
     */
    public record Result(List<SecretKey> shared, List<SecretKey> existing, List<SecretKey> left) {}

    /** The Secrets that the block uses. */
    public List<SecretKey> keys() {
        return keys;
    }

    /** Returns whether undoing the block can change something in the cluster. */
    public boolean needsCluster() {
        return holds.isAnythingToUndo(keys);
    }

    /**
     * Ends the block and undoes its changes.
     *
     * @param cluster the cluster of the Secrets; empty if {@link #needsCluster} returned false, or if the cluster
     *     cannot be reached
     * @param writtenBy the author of the changes, as it is written into the objects
     * @param reports receives each request with its report
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the cluster does not answer; the
     *     block stays recorded, so that it is undone later
     * @throws InterruptedException if interrupted while another block works on the Secret
     */
    public Result run(Optional<ClusterGateway> cluster, String writtenBy, BiConsumer<SyncRequest, SyncReport> reports)
            throws IOException, InterruptedException {
        return holds.locked(keys, () -> {
            Result result = new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            Map<SecretKey, Duty> duties = new LinkedHashMap<>();
            for (SecretKey key : keys) {
                holds.end(key, block).ifPresent(duty -> {
                    switch (duty) {
                        case LEAVE -> result.shared().add(key);
                        case NOTHING -> result.existing().add(key);
                        case UNBIND, DELETE -> duties.put(key, duty);
                    }
                });
            }
            result.left().addAll(duties.keySet());
            if (cluster.isPresent()) {
                String server = SecretKey.normalize(cluster.get().server());
                duties.keySet().removeIf(key -> !key.server().equals(server));
                for (SyncRequest request : requests(duties, writtenBy)) {
                    result.left().removeAll(undo(cluster.get(), request, reports));
                }
            }
            return result;
        });
    }

    /**
     * Returns the requests that undo the changes. Secrets of one name are deleted by one request; ServiceAccounts are
     * unbound by one request for each namespace.
     */
    private List<SyncRequest> requests(Map<SecretKey, Duty> duties, String writtenBy) {
        List<SyncRequest> requests = new ArrayList<>();
        Map<String, List<SecretKey>> deleted = new LinkedHashMap<>();
        duties.forEach((key, duty) -> {
            if (duty == Duty.DELETE) {
                deleted.computeIfAbsent(key.owner() + " " + key.name(), any -> new ArrayList<>())
                        .add(key);
            } else {
                requests.add(request(SyncMode.UNBIND, List.of(key), holds.bound(key), writtenBy));
            }
        });
        deleted.values().forEach(sameName -> requests.add(request(SyncMode.DELETE, sameName, List.of(), writtenBy)));
        return requests;
    }

    private static SyncRequest request(SyncMode mode, List<SecretKey> keys, List<String> accounts, String writtenBy) {
        SecretKey first = keys.get(0);
        return new SyncRequest(
                mode,
                first.name(),
                keys.stream().map(SecretKey::namespace).toList(),
                "",
                List.of(),
                accounts,
                SyncRequest.Options.NONE,
                new SecretOwner(first.owner(), "owner " + first.owner()),
                writtenBy);
    }

    private List<SecretKey> undo(
            ClusterGateway cluster, SyncRequest request, BiConsumer<SyncRequest, SyncReport> reports)
            throws IOException {
        SyncReport report = new RegistrySecretWriter(cluster, concurrency, Clock.systemUTC()).run(request, done -> {});
        reports.accept(request, report);
        List<SecretKey> undone = new ArrayList<>();
        for (NamespaceOutcome outcome : report.namespaces()) {
            if (outcome.status() == Status.CHANGED || outcome.status() == Status.UNCHANGED) {
                SecretKey key =
                        new SecretKey(request.owner().id(), cluster.server(), outcome.namespace(), request.name());
                holds.undone(key);
                undone.add(key);
            }
        }
        return undone;
    }
}
