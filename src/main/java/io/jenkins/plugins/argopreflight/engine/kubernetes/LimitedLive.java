package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.Optional;

/**
 * A live cluster within {@link AccessLimits}: only objects of allowed namespaces can be read, never those of all
 * namespaces.
 */
final class LimitedLive implements LiveCluster {

    private final LiveCluster live;
    private final AccessLimits limits;

    LimitedLive(LiveCluster live, AccessLimits limits) {
        this.live = live;
        this.limits = limits;
    }

    @Override
    public String connectionKey() {
        return live.connectionKey();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        check(resource, namespace);
        return live.get(resource, namespace, name);
    }

    @Override
    public String version(Resource resource, String namespace, String labelSelector) {
        check(resource, namespace);
        return live.version(resource, namespace, labelSelector);
    }

    @Override
    public ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch) {
        LimitedGateway.throwIfRefused(limits.writeRefusal());
        check(resource, namespace);
        return live.patch(resource, namespace, name, mergePatch);
    }

    @Override
    public Subscription watch(
            Resource resource, String namespace, String labelSelector, String version, WatchListener listener) {
        check(resource, namespace);
        return live.watch(resource, namespace, labelSelector, version, listener);
    }

    @Override
    public Subscription log(LogQuery query, LogListener listener) {
        check(Resource.PODS, query.namespace());
        return live.log(query, listener);
    }

    private void check(Resource resource, String namespace) {
        LimitedGateway.throwIfRefused(
                resource.namespaced() && !namespace.isEmpty()
                        ? limits.refusal(namespace)
                        : limits.allowedNamespaces().isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        resource.qualified() + " of all namespaces are " + limits.outsidePhrase()));
    }

    @Override
    public void close() {
        live.close();
    }
}
