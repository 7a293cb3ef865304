package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.offline.store.ApiErrors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The live view of a cluster in memory: watches, patches and logs. */
final class MemoryLive implements LiveCluster {

    private static final Pattern NEWLINE = Pattern.compile("\n");

    private static final Resource LOGS = Resource.namespaced("", "v1", "pods/log", "Pod");

    private final MemoryCluster cluster;
    private final Watchers watchers = new Watchers();
    private final Map<String, String> logs = new HashMap<>();

    MemoryLive(MemoryCluster cluster) {
        this.cluster = cluster;
    }

    void setLog(String namespace, String pod, String container, String log) {
        synchronized (cluster) {
            logs.put(namespace + "/" + pod + "/" + container, log);
        }
    }

    void stored(Resource resource, Optional<ObjectNode> previous, ObjectNode after) {
        watchers.stored(resource, previous, after);
    }

    void removed(Resource resource, ObjectNode last) {
        watchers.removed(resource, last);
    }

    @Override
    public String connectionKey() {
        return cluster.server();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return cluster.get(resource, namespace, name);
    }

    @Override
    public String version(Resource resource, String namespace, String labelSelector) {
        synchronized (cluster) {
            cluster.ask("list", resource, namespace, "");
            return cluster.objects().nextRevision();
        }
    }

    @Override
    public ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch) {
        synchronized (cluster) {
            cluster.ask("patch", resource, namespace, name);
            ObjectNode object = cluster.objects()
                    .get(resource, namespace, name)
                    .orElseThrow(() -> ApiErrors.notFound(resource, name))
                    .deepCopy();
            merge(object, mergePatch);
            KubeObjects.metadata(object)
                    .put("resourceVersion", cluster.objects().nextRevision());
            cluster.store(resource, object);
            return FrozenJson.of(object);
        }
    }

    /** Applies a JSON merge patch (RFC 7396). */
    static void merge(ObjectNode object, JsonNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                object.remove(field.getKey());
            } else if (value.isObject()) {
                merge(
                        object.path(field.getKey()) instanceof ObjectNode present
                                ? present
                                : object.putObject(field.getKey()),
                        value);
            } else {
                object.set(field.getKey(), value);
            }
        });
    }

    @Override
    public Subscription watch(
            Resource resource, String namespace, String labelSelector, String version, WatchListener listener) {
        synchronized (cluster) {
            cluster.ask("watch", resource, namespace, "");
            Subscription watch = watchers.watch(resource, namespace, labelSelector, version, listener);
            return () -> {
                synchronized (cluster) {
                    watch.close();
                }
            };
        }
    }

    /** Sends the current log from the requested second on. */
    @Override
    public Subscription log(LogQuery query, LogListener listener) {
        Optional<String> log;
        synchronized (cluster) {
            cluster.ask("get", LOGS, query.namespace(), query.pod());
            log = Optional.ofNullable(logs.get(query.namespace() + "/" + query.pod() + "/" + query.container()));
        }
        String since =
                query.since().map(time -> time.toString().replace("Z", "")).orElse("");
        log.ifPresent(text -> NEWLINE.splitAsStream(text)
                .filter(line -> !line.isEmpty() && line.compareTo(since) >= 0)
                .forEach(listener::line));
        listener.ended(
                log.isPresent()
                        ? Optional.empty()
                        : Optional.of(new ClusterException(
                                Kind.INVALID,
                                "container \"" + query.container() + "\" in pod \"" + query.pod()
                                        + "\" is waiting to start: PodInitializing")));
        return () -> {};
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
