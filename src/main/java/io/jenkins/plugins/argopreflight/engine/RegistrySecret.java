package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.cluster.Access;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.sync.CountingGateway;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.Sync;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.Unseen;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Credentials into the cluster, proved: request, namespaces, rights, plan, apply, read back, proof, report. */
public final class RegistrySecret {

    /** How many namespaces are worked on at the same time, unless said otherwise. */
    public static final int CONCURRENCY = 16;

    private final ClusterGateway cluster;
    private final int concurrency;
    private final Clock clock;

    public RegistrySecret(ClusterGateway cluster, int concurrency, Clock clock) {
        this.cluster = cluster;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    /**
     * Carries the request out. Whatever happens in a namespace is its outcome; thrown is only what concerns the whole.
     *
     * @param progress hears of each namespace when it is done, from several threads
     * @throws IllegalArgumentException when the request cannot be carried out anywhere: credentials that cannot become
     *     a Secret, a glob that matches nothing
     * @throws ClusterException when the cluster does not answer, or not to us, or when interrupted
     */
    public SyncReport run(SyncRequest request, Consumer<NamespaceOutcome> progress) {
        long start = System.nanoTime();
        CountingGateway counted = new CountingGateway(cluster);
        Sync sync = new Sync(counted, request, new Access(counted, concurrency), clock);
        Map<String, String> namespaces = sync.namespaces();
        String user = sync.askRights(namespaces);
        List<SyncedNamespace> written = each(namespaces.keySet(), namespace -> {
            SyncedNamespace synced = sync.run(namespace, namespaces.get(namespace));
            progress.accept(synced.outcome());
            return synced;
        });
        var pods = sync.podsAtOnce(written);
        List<SyncedNamespace> done = each(written, namespace -> sync.withPods(namespace, pods));
        List<Unseen> unseen = new ArrayList<>();
        done.forEach(namespace -> unseen.addAll(namespace.unseen()));
        return new SyncReport(
                cluster.server(),
                user,
                request.options().dryRun(),
                done.stream().map(SyncedNamespace::outcome).toList(),
                List.of(),
                unseen,
                new SyncReport.Cost(
                        counted.reads(),
                        counted.writes(),
                        counted.reviews(),
                        0,
                        Duration.ofNanos(System.nanoTime() - start).toMillis()));
    }

    private <T, R> List<R> each(Collection<T> items, Function<T, R> task) {
        Map<T, R> results = new ConcurrentHashMap<>();
        Parallel.forEach(items, concurrency, item -> results.put(item, task.apply(item)));
        return items.stream().map(results::get).toList();
    }
}
