package io.jenkins.plugins.argopreflight.engine.submit.follow;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The followers of workflows. There is one watch for each server, identity and namespace, independent of the number of
 * followers. An object that one identity receives is never passed to another one.
 */
public final class Followers {

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final long firstPauseMillis;
    private final Map<WatchKey, SharedWatch> watches = new HashMap<>();

    /** The key of a watch: the server and identity, and the namespace. */
    private record WatchKey(String identity, String namespace) {}

    /** A workflow to follow. Without a uid, it is the workflow that has the name at the start. */
    public record Subject(String namespace, String name, String uid) {}

    /** A subscription that continues until it is closed or its follower received the last call. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Creates an instance.
     *
     * @param workers run requests and calls of followers; no thread is blocked while nothing happens
     * @param timer runs tasks after pauses; its tasks are short
     */
    public Followers(Executor workers, ScheduledExecutorService timer) {
        this(workers, timer, RetryPolicy.FIRST_MILLIS);
    }

    Followers(Executor workers, ScheduledExecutorService timer, long firstPauseMillis) {
        this.firstPauseMillis = firstPauseMillis;
        this.workers = workers;
        this.timer = timer;
    }

    /**
     * Starts to follow a workflow.
     *
     * @param cluster the connection with the follower's own credential and limits; it is closed by this class
     */
    public synchronized Following follow(LiveCluster cluster, Subject subject, Follower follower) {
        Optional<String> refusal = follower.refusal();
        if (refusal.isPresent()) {
            cluster.close();
            workers.execute(() -> follower.lost(new ClusterException(Kind.NOT_ALLOWED, refusal.get())));
            return () -> {};
        }
        WatchKey key = new WatchKey(cluster.connectionKey(), subject.namespace());
        Optional<Following> joined =
                Optional.ofNullable(watches.get(key)).flatMap(watch -> watch.join(cluster, subject, follower));
        return joined.orElseGet(() -> {
            SharedWatch watch =
                    new SharedWatch(subject.namespace(), workers, timer, firstPauseMillis, ended -> forget(key, ended));
            watches.put(key, watch);
            return watch.join(cluster, subject, follower).orElseThrow();
        });
    }

    private synchronized void forget(WatchKey key, SharedWatch ended) {
        watches.remove(key, ended);
    }

    /** Returns the number of watches. */
    public synchronized int watches() {
        return watches.size();
    }
}
