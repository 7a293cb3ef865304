package io.jenkins.plugins.argopreflight.engine.sync.block;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Takes the cluster for one request at a time; each request for a Secret or ServiceAccount is a point. */
record PointGateway(ClusterGateway cluster) implements ClusterGateway {

    private static final Set<Resource> POINTS = Set.of(Resource.SECRETS, Resource.SERVICE_ACCOUNTS);

    static ClusterGateway before(ClusterGateway cluster) {
        return new PointGateway(cluster);
    }

    private <T> T act(Resource resource, Supplier<T> request) {
        if (POINTS.contains(resource)) {
            Actor.point();
        }
        synchronized (cluster) {
            return request.get();
        }
    }

    @Override
    public String server() {
        return cluster.server();
    }

    @Override
    public String version() {
        return cluster.version();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return act(resource, () -> cluster.get(resource, namespace, name));
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return act(resource, () -> cluster.list(resource, namespace, labelSelector, fieldSelector));
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        return act(resource, () -> cluster.create(resource, object, mode));
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        return act(resource, () -> cluster.replace(resource, object, mode));
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        act(resource, () -> {
            cluster.delete(resource, namespace, name, uid, resourceVersion, mode);
            return null;
        });
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
