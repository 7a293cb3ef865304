package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.offline.store.Selectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The changes of a {@link MemoryCluster}, and who watches them; called with its lock held. */
final class Watchers {

    /** As many changes can be watched from the past. */
    private static final int HISTORY = 1000;

    private final List<Event> history = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();

    /** @param before as it was; empty when it is new */
    private record Event(Resource resource, Optional<ObjectNode> before, ObjectNode after, boolean removed) {

        long version() {
            return Long.parseLong(Objects.resourceVersion(after));
        }
    }

    /** What one of them wants to hear. */
    private record Watcher(Resource resource, String namespace, Predicate<ObjectNode> wanted, WatchListener listener) {

        /** An object that does not meet the selector any more is reported as deleted. */
        void hear(Event event) {
            if (!event.resource().equals(resource)
                    || !namespace.isEmpty() && !namespace.equals(Objects.namespace(event.after()))) {
                return;
            }
            boolean before = event.before().filter(wanted).isPresent();
            boolean after = !event.removed() && wanted.test(event.after());
            if (before || after) {
                Change change = !after ? Change.DELETED : before ? Change.MODIFIED : Change.ADDED;
                listener.changed(change, event.after());
            }
        }
    }

    void stored(Resource resource, Optional<ObjectNode> before, ObjectNode after) {
        hear(new Event(resource, before, after, false));
    }

    void removed(Resource resource, ObjectNode last) {
        hear(new Event(resource, Optional.of(last), last, true));
    }

    private void hear(Event event) {
        history.add(event);
        if (history.size() > HISTORY) {
            history.remove(0);
        }
        List.copyOf(watchers).forEach(watcher -> watcher.hear(event));
    }

    Subscription watch(Resource resource, String namespace, String selector, String from, WatchListener listener) {
        long version = Long.parseLong(from);
        if (history.size() == HISTORY && history.get(0).version() > version + 1) {
            listener.ended(Optional.of(new ClusterException(Kind.EXPIRED, "too old resource version: " + from)));
            return () -> {};
        }
        Watcher watcher = new Watcher(resource, namespace, Selectors.labels(selector), listener);
        history.stream().filter(event -> event.version() > version).toList().forEach(watcher::hear);
        watchers.add(watcher);
        return () -> {
            if (watchers.remove(watcher)) {
                listener.ended(Optional.empty());
            }
        };
    }
}
