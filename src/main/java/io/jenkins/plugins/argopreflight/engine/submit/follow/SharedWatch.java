package io.jenkins.plugins.argopreflight.engine.submit.follow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Following;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Subject;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.SerialExecutor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The watch of the workflows of a namespace, with one login for all builds that follow them. It reports only workflows
 * that are not completed. When a workflow completes, the API server reports it as deleted; a request for the workflow
 * shows whether it was completed or deleted.
 */
final class SharedWatch {

    /**
     * The label selector for workflows that are not completed. The controller sets the label when it ends a workflow.
     */
    static final String ACTIVE = "workflows.argoproj.io/completed!=true";

    /** The time after which a connection without events is considered broken. A server sends a bookmark each minute. */
    private static final long SILENCE_SECONDS = 150;

    private final String namespace;
    private final Executor serial;
    private final ScheduledExecutorService timer;
    private final Consumer<SharedWatch> closed;
    private final Set<Follow> follows = new LinkedHashSet<>();
    /** The followers whose first request was scheduled or sent. */
    private final Set<Follow> started = new HashSet<>();

    private final long firstPauseMillis;
    private final RetryPolicy retryPolicy;
    private @Nullable LiveCluster cluster;
    private @Nullable Listener currentListener;
    /** The resourceVersion at which the next connection starts. */
    private String resourceVersion = "";

    private boolean open = true;

    /**
     * Creates a watch.
     *
     * @param workers run the tasks of this watch, one after the other
     * @param firstPauseMillis the pause after the first failure
     */
    SharedWatch(
            String namespace,
            Executor workers,
            ScheduledExecutorService timer,
            long firstPauseMillis,
            Consumer<SharedWatch> closed) {
        this.firstPauseMillis = firstPauseMillis;
        this.retryPolicy = new RetryPolicy(firstPauseMillis);
        this.namespace = namespace;
        this.serial = new SerialExecutor(workers, this::endAll);
        this.timer = timer;
        this.closed = closed;
    }

    /** Adds a follower. Returns empty if the last follower has just left; then a new watch is needed. */
    synchronized Optional<Following> join(LiveCluster ownConnection, Subject subject, Follower follower) {
        if (!open) {
            return Optional.empty();
        }
        Follow follow = new Follow(subject, follower, new RetryPolicy(firstPauseMillis));
        follows.add(follow);
        serial.execute(() -> begin(ownConnection, follow));
        return Optional.of(() -> serial.execute(() -> {
            follow.close();
            closeIfUnused();
        }));
    }

    /**
     * Adds a follower in the thread of the watch. Its first request uses its own connection, which shows that it is
     * allowed to read the workflow.
     */
    private void begin(LiveCluster ownConnection, Follow follow) {
        started.add(follow);
        if (cluster == null && isOpen()) {
            cluster = ownConnection;
            start();
            return;
        }
        if (isOpen()) {
            request(ownConnection, follow);
        }
        ownConnection.close();
    }

    private LiveCluster cluster() {
        return requireNonNull(cluster);
    }

    private synchronized boolean isOpen() {
        return open;
    }

    /**
     * Starts the watch. All changes from now on are reported; a request for each workflow returns its current state.
     */
    private void start() {
        try {
            resourceVersion = cluster().version(Resource.WORKFLOWS, namespace, ACTIVE);
        } catch (ClusterException e) {
            retry(e, this::start);
            return;
        }
        List.copyOf(started).forEach(follow -> request(cluster(), follow));
        watch();
    }

    private void watch() {
        if (!isOpen()) {
            return;
        }
        Listener listener = new Listener();
        currentListener = listener;
        try {
            listener.subscription = cluster().watch(Resource.WORKFLOWS, namespace, ACTIVE, resourceVersion, listener);
            after(SILENCE_SECONDS * 1000, listener::checkAlive);
        } catch (ClusterException e) {
            retry(e, this::watch);
        }
    }

    private void request(LiveCluster connection, Follow follow) {
        try {
            follow.received(connection.get(Resource.WORKFLOWS, namespace, follow.name()));
            follow.retryPolicy.success();
        } catch (ClusterException e) {
            if (follow.retryPolicy.isExhausted(e.kind())) {
                follow.lost(e);
            } else {
                follow.delayed(e);
                after(follow.retryPolicy.pause(), () -> {
                    if (isOpen() && !follow.isEnded()) {
                        request(cluster(), follow);
                    }
                });
            }
        }
        closeIfUnused();
    }

    private boolean isFollowed(String name) {
        return snapshot().stream().anyMatch(follow -> follow.name().equals(name));
    }

    private void handleChange(Change change, ObjectNode object) {
        retryPolicy.success();
        resourceVersion = KubeObjects.resourceVersion(object);
        for (Follow follow : change == Change.BOOKMARK ? List.<Follow>of() : snapshot()) {
            if (!follow.name().equals(KubeObjects.name(object))) {
                continue;
            }
            if (change != Change.DELETED && follow.isFollowed(object)) {
                follow.received(Optional.of(object));
            } else {
                request(cluster(), follow);
            }
        }
        closeIfUnused();
    }

    private void handleEnd(Optional<ClusterException> failure) {
        if (failure.isEmpty()) {
            after(retryPolicy.pause(), this::watch);
        } else if (failure.get().kind() == Kind.EXPIRED) {
            start();
        } else {
            retry(failure.get(), this::watch);
        }
    }

    /** Runs the task again after a pause, or reports the failure to all followers if it is not tried again. */
    private void retry(ClusterException failure, Runnable task) {
        if (retryPolicy.isExhausted(failure.kind())) {
            snapshot().forEach(follow -> follow.lost(failure));
        } else {
            snapshot().forEach(follow -> follow.delayed(failure));
            after(retryPolicy.pause(), () -> {
                if (isOpen()) {
                    task.run();
                }
            });
        }
        closeIfUnused();
    }

    /** Reports an internal error to all followers, which ends their part in this watch. They can follow again. */
    private void endAll(Throwable failure) {
        snapshot().forEach(follow -> follow.lost(ClusterException.internal(failure)));
        closeIfUnused();
    }

    private void after(long millis, Runnable task) {
        timer.schedule(() -> serial.execute(task), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized List<Follow> snapshot() {
        return new ArrayList<>(follows);
    }

    /** Removes the followers that have ended. Closes the watch and its connection if none is left. */
    private void closeIfUnused() {
        started.removeIf(Follow::isEnded);
        synchronized (this) {
            follows.removeIf(Follow::isEnded);
            if (!follows.isEmpty() || !open) {
                return;
            }
            open = false;
        }
        if (currentListener != null) {
            currentListener.stop();
        }
        if (cluster != null) {
            cluster.close();
        }
        closed.accept(this);
    }

    /** The listener of a connection. Its events are ignored after another connection replaced it. */
    private final class Listener implements WatchListener {

        private @Nullable Subscription subscription;
        private boolean alive;
        /**
         * The last unprocessed change of each workflow. Earlier ones are dropped, so that a server cannot fill the
         * memory.
         */
        private final Map<String, Runnable> changes = new LinkedHashMap<>();

        @Override
        public void changed(Change change, ObjectNode object) {
            String name =
                    change == Change.BOOKMARK || !isFollowed(KubeObjects.name(object)) ? "" : KubeObjects.name(object);
            boolean first;
            synchronized (changes) {
                first = changes.isEmpty();
                // Removed first, so that the newest change is last: the next watch starts with its version.
                changes.remove(name);
                changes.put(name, () -> handleChange(change, object));
            }
            if (first) {
                serial.execute(this::process);
            }
        }

        private void process() {
            List<Runnable> waiting;
            synchronized (changes) {
                waiting = List.copyOf(changes.values());
                changes.clear();
            }
            alive = true;
            for (Runnable change : waiting) {
                if (currentListener == this && isOpen()) {
                    change.run();
                }
            }
        }

        @Override
        public void ended(Optional<ClusterException> failure) {
            serial.execute(() -> {
                if (currentListener == this && isOpen()) {
                    handleEnd(failure);
                }
            });
        }

        void checkAlive() {
            if (currentListener != this || !isOpen()) {
                return;
            }
            if (alive) {
                alive = false;
                after(SILENCE_SECONDS * 1000, this::checkAlive);
            } else {
                stop();
                watch();
            }
        }

        void stop() {
            if (subscription != null) {
                subscription.close();
            }
        }
    }
}
