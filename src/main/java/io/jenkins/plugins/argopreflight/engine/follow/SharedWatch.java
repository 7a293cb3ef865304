package io.jenkins.plugins.argopreflight.engine.follow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.follow.Followers.Following;
import io.jenkins.plugins.argopreflight.engine.follow.Followers.Subject;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
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
 * The watch of one identity in one namespace. It reports only workflows that are not completed: one that completes
 * leaves it, as a deleted one does, and which of the two it is shows a look at the object.
 */
final class SharedWatch {

    /** Set by the controller in the update that ends a workflow. */
    static final String ACTIVE = "workflows.argoproj.io/completed!=true";

    /** A server sends a bookmark a minute: after this long without one the connection is taken to be dead. */
    private static final long SILENCE_SECONDS = 150;

    private final String namespace;
    private final Executor serial;
    private final ScheduledExecutorService timer;
    private final Consumer<SharedWatch> closed;
    private final Set<Follow> follows = new LinkedHashSet<>();
    /** Those whose first look was planned or done. */
    private final Set<Follow> begun = new HashSet<>();

    private final long firstPause;
    private final Patience patience;
    private @Nullable LiveCluster cluster;
    private @Nullable Listener current;
    private String version = "";
    private boolean open = true;

    /**
     * @param workers run everything here, one after the other
     * @param firstPause milliseconds after a first failure
     */
    SharedWatch(
            String namespace,
            Executor workers,
            ScheduledExecutorService timer,
            long firstPause,
            Consumer<SharedWatch> closed) {
        this.firstPause = firstPause;
        this.patience = new Patience(firstPause);
        this.namespace = namespace;
        this.serial = new Serial(workers, this::failed);
        this.timer = timer;
        this.closed = closed;
    }

    /** Empty when the last follower has just left; then there must be another watch. */
    synchronized Optional<Following> join(LiveCluster own, Subject subject, Follower follower) {
        if (!open) {
            return Optional.empty();
        }
        Follow follow = new Follow(subject, follower, new Patience(firstPause));
        follows.add(follow);
        serial.execute(() -> begin(own, follow));
        return Optional.of(() -> serial.execute(() -> {
            follow.close();
            dropEnded();
        }));
    }

    /** A newcomer looks with its own connection, which shows that it is allowed to. */
    private void begin(LiveCluster own, Follow follow) {
        begun.add(follow);
        if (cluster == null && isOpen()) {
            cluster = own;
            start();
            return;
        }
        if (isOpen()) {
            look(own, follow);
        }
        own.close();
    }

    private LiveCluster cluster() {
        return requireNonNull(cluster);
    }

    private synchronized boolean isOpen() {
        return open;
    }

    /** From here all changes are reported; what was before shows a look at each workflow. */
    private void start() {
        try {
            version = cluster().version(Resource.WORKFLOWS, namespace, ACTIVE);
        } catch (ClusterException e) {
            later(e, this::start);
            return;
        }
        List.copyOf(begun).forEach(follow -> look(cluster(), follow));
        watch();
    }

    private void watch() {
        if (!isOpen()) {
            return;
        }
        Listener listener = new Listener();
        current = listener;
        try {
            listener.subscription = cluster().watch(Resource.WORKFLOWS, namespace, ACTIVE, version, listener);
            after(SILENCE_SECONDS * 1000, listener::checkAlive);
        } catch (ClusterException e) {
            later(e, this::watch);
        }
    }

    private void look(LiveCluster with, Follow follow) {
        try {
            follow.found(with.get(Resource.WORKFLOWS, namespace, follow.name()));
            follow.patience.success();
        } catch (ClusterException e) {
            if (follow.patience.isOver(e.kind())) {
                follow.lost(e);
            } else {
                follow.delayed(e);
                after(follow.patience.pause(), () -> {
                    if (isOpen() && !follow.isOver()) {
                        look(cluster(), follow);
                    }
                });
            }
        }
        dropEnded();
    }

    private boolean isFollowed(String name) {
        return snapshot().stream().anyMatch(follow -> follow.name().equals(name));
    }

    private void changed(Change change, ObjectNode object) {
        patience.success();
        version = Objects.resourceVersion(object);
        for (Follow follow : change == Change.BOOKMARK ? List.<Follow>of() : snapshot()) {
            if (!follow.name().equals(Objects.name(object))) {
                continue;
            }
            if (change != Change.DELETED && follow.isAbout(object)) {
                follow.found(Optional.of(object));
            } else {
                look(cluster(), follow);
            }
        }
        dropEnded();
    }

    private void ended(Optional<ClusterException> failure) {
        if (failure.isEmpty()) {
            after(patience.pause(), this::watch);
        } else if (failure.get().kind() == Kind.EXPIRED) {
            start();
        } else {
            later(failure.get(), this::watch);
        }
    }

    private void later(ClusterException why, Runnable again) {
        if (patience.isOver(why.kind())) {
            snapshot().forEach(follow -> follow.lost(why));
        } else {
            snapshot().forEach(follow -> follow.delayed(why));
            after(patience.pause(), () -> {
                if (isOpen()) {
                    again.run();
                }
            });
        }
        dropEnded();
    }

    /** Its followers can begin again; nothing would reach them otherwise. */
    private void failed(Throwable why) {
        snapshot().forEach(follow -> follow.lost(ClusterException.internal(why)));
        dropEnded();
    }

    private void after(long millis, Runnable task) {
        timer.schedule(() -> serial.execute(task), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized List<Follow> snapshot() {
        return new ArrayList<>(follows);
    }

    private void dropEnded() {
        begun.removeIf(Follow::isOver);
        synchronized (this) {
            follows.removeIf(Follow::isOver);
            if (!follows.isEmpty() || !open) {
                return;
            }
            open = false;
        }
        if (current != null) {
            current.stop();
        }
        if (cluster != null) {
            cluster.close();
        }
        closed.accept(this);
    }

    /** One connection; what it reports after another one took its place does not count. */
    private final class Listener implements WatchListener {

        private @Nullable Subscription subscription;
        private boolean alive;
        /** The last change of each workflow that was not processed yet: more are not kept, however many a server sends. */
        private final Map<String, Runnable> changes = new LinkedHashMap<>();

        @Override
        public void changed(Change change, ObjectNode object) {
            String name = change == Change.BOOKMARK || !isFollowed(Objects.name(object)) ? "" : Objects.name(object);
            boolean first;
            synchronized (changes) {
                first = changes.isEmpty();
                // Removed before, since the last one to come has the version that a next watch begins with.
                changes.remove(name);
                changes.put(name, () -> SharedWatch.this.changed(change, object));
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
                if (current == this && isOpen()) {
                    change.run();
                }
            }
        }

        @Override
        public void ended(Optional<ClusterException> failure) {
            serial.execute(() -> {
                if (current == this && isOpen()) {
                    SharedWatch.this.ended(failure);
                }
            });
        }

        void checkAlive() {
            if (current != this || !isOpen()) {
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
