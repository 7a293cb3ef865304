package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.hold.Holds;
import io.jenkins.plugins.argopreflight.engine.hold.Holds.Duty;
import io.jenkins.plugins.argopreflight.engine.hold.SecretKey;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Ends a block: the last block that uses a Secret deletes it if a block created it, and else unbinds the ServiceAccounts
 * that blocks bound.
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
        this.keys = holds.of(block);
    }

    /**
     * What became of the block's Secrets.
     *
     * @param shared stay, since another block uses them
     * @param there stay, since they were there before the blocks
     * @param left were not undone; the block is among those that are undone later
     */
    public record Result(List<SecretKey> shared, List<SecretKey> there, List<SecretKey> left) {}

    /** The Secrets that the block uses. */
    public List<SecretKey> keys() {
        return keys;
    }

    /** Whether something can have to be changed in the cluster. */
    public boolean needsCluster() {
        return holds.isAnythingToUndo(keys);
    }

    /**
     * Ends it.
     *
     * @param cluster where the Secrets are; empty when {@link #needsCluster} said that it is not needed
     * @param writtenBy who writes
     * @param reports hears of each request and what came of it
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when the cluster does not answer; the
     *     block is among those that are undone later
     * @throws InterruptedException while another block works on the Secret
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
                        case NOTHING -> result.there().add(key);
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

    /** One request deletes all; each namespace has its own ServiceAccounts to unbind. */
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
        deleted.values().forEach(all -> requests.add(request(SyncMode.DELETE, all, List.of(), writtenBy)));
        return requests;
    }

    private static SyncRequest request(SyncMode mode, List<SecretKey> in, List<String> accounts, String writtenBy) {
        SecretKey first = in.get(0);
        return new SyncRequest(
                mode,
                first.name(),
                in.stream().map(SecretKey::namespace).toList(),
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
        SyncReport report = new RegistrySecret(cluster, concurrency, Clock.systemUTC()).run(request, done -> {});
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
