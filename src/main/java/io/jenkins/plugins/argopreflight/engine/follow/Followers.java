package io.jenkins.plugins.argopreflight.engine.follow;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * All that wait for workflows: one watch for each server, identity and namespace, however many they are. What one
 * identity receives is never given to another.
 */
public final class Followers {

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final long firstPause;
    private final Map<Place, SharedWatch> watches = new HashMap<>();

    /** What is watched, and with which identity. */
    private record Place(String identity, String namespace) {}

    /** Which workflow; without a uid the one that has the name when the following begins. */
    public record Subject(String namespace, String name, String uid) {}

    /** A following that goes on until it is closed or its follower heard of the end. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param workers run requests and calls of followers; none is held while nothing happens
     * @param timer for pauses; it is not held up
     */
    public Followers(Executor workers, ScheduledExecutorService timer) {
        this(workers, timer, Patience.FIRST_MILLIS);
    }

    Followers(Executor workers, ScheduledExecutorService timer, long firstPause) {
        this.firstPause = firstPause;
        this.workers = workers;
        this.timer = timer;
    }

    /**
     * Begins to follow.
     *
     * @param cluster with the follower's own credential and limits; it is closed here
     */
    public synchronized Following follow(LiveCluster cluster, Subject subject, Follower follower) {
        Optional<String> refusal = follower.refusal();
        if (refusal.isPresent()) {
            cluster.close();
            workers.execute(() -> follower.lost(new ClusterException(Kind.NOT_ALLOWED, refusal.get())));
            return () -> {};
        }
        Place place = new Place(cluster.identity(), subject.namespace());
        Optional<Following> joined =
                Optional.ofNullable(watches.get(place)).flatMap(watch -> watch.join(cluster, subject, follower));
        return joined.orElseGet(() -> {
            SharedWatch watch =
                    new SharedWatch(subject.namespace(), workers, timer, firstPause, ended -> forget(place, ended));
            watches.put(place, watch);
            return watch.join(cluster, subject, follower).orElseThrow();
        });
    }

    private synchronized void forget(Place place, SharedWatch ended) {
        watches.remove(place, ended);
    }

    /** How many watches there are. */
    public synchronized int watches() {
        return watches.size();
    }
}
