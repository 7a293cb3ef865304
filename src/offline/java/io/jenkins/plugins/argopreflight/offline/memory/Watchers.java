package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.offline.store.Selectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The changes of a {@link MemoryCluster} and their watchers. Callers hold the lock of the cluster. */
final class Watchers {

    /** The number of past changes that can be watched. */
    private static final int HISTORY = 1000;

    private final List<Event> history = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();

    /**
     * A change of an object.
     *
     * @param previous the object before; empty if it is new
     */
    private record Event(Resource resource, Optional<ObjectNode> previous, ObjectNode after, boolean removed) {

        long version() {
            return Long.parseLong(KubeObjects.resourceVersion(after));
        }
    }

    /** A subscription to the changes of a resource. */
    private record Watcher(
            Resource resource, String namespace, Predicate<ObjectNode> selector, WatchListener listener) {

        /** Sends a change to the listener. An object that no longer matches the selector is reported as deleted. */
        void receive(Event event) {
            if (!event.resource().equals(resource)
                    || !namespace.isEmpty() && !namespace.equals(KubeObjects.namespace(event.after()))) {
                return;
            }
            boolean matchedBefore = event.previous().filter(selector).isPresent();
            boolean matchesAfter = !event.removed() && selector.test(event.after());
            if (matchedBefore || matchesAfter) {
                Change change = !matchesAfter ? Change.DELETED : matchedBefore ? Change.MODIFIED : Change.ADDED;
                listener.changed(change, event.after());
            }
        }
    }

    void stored(Resource resource, Optional<ObjectNode> previous, ObjectNode after) {
        receive(new Event(resource, previous, after, /* removed= */ false));
    }

    void removed(Resource resource, ObjectNode last) {
        receive(new Event(resource, Optional.of(last), last, /* removed= */ true));
    }

    private void receive(Event event) {
        history.add(event);
        if (history.size() > HISTORY) {
            history.remove(0);
        }
        List.copyOf(watchers).forEach(watcher -> watcher.receive(event));
    }

    Subscription watch(
            Resource resource, String namespace, String selector, String startVersion, WatchListener listener) {
        long version = Long.parseLong(startVersion);
        if (history.size() == HISTORY && history.get(0).version() > version + 1) {
            listener.ended(
                    Optional.of(new ClusterException(Kind.EXPIRED, "too old resource version: " + startVersion)));
            return () -> {};
        }
        Watcher watcher = new Watcher(resource, namespace, Selectors.labels(selector), listener);
        history.stream().filter(event -> event.version() > version).toList().forEach(watcher::receive);
        watchers.add(watcher);
        return () -> {
            if (watchers.remove(watcher)) {
                listener.ended(Optional.empty());
            }
        };
    }
}
