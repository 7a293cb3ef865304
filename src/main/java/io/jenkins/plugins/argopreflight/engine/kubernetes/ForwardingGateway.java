package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The base of gateways that wrap another gateway. Each request to the API server goes through {@link #read} or
 * {@link #write}. Other values, such as {@link #time} and {@link #limits}, are those of the wrapped gateway. A gateway
 * with this base has no watch and issues no tokens.
 */
abstract class ForwardingGateway implements ClusterGateway {

    private final ClusterGateway gateway;

    ForwardingGateway(ClusterGateway gateway) {
        this.gateway = gateway;
    }

    /** Makes a request that changes nothing. */
    abstract <T> T read(Supplier<T> request);

    /** Makes a request to create, replace or delete an object of this resource, also as a dry run. */
    abstract <T> T write(Resource resource, Supplier<T> request);

    /** Returns a gateway of this class that wraps the gateway of another user. */
    abstract ClusterGateway around(ClusterGateway other);

    @Override
    public final String server() {
        return gateway.server();
    }

    @Override
    public final Optional<String> proxy() {
        return gateway.proxy();
    }

    @Override
    public String version() {
        return read(gateway::version);
    }

    @Override
    public final Optional<ArgoInstallation> argo() {
        return gateway.argo();
    }

    @Override
    public final Optional<AccessLimits> limits() {
        return gateway.limits();
    }

    @Override
    public final List<String> nodeCredentials() {
        return gateway.nodeCredentials();
    }

    @Override
    public final Optional<ClusterGateway> as(Identity who) {
        return gateway.as(who).map(this::around);
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return read(() -> gateway.get(resource, namespace, name));
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return read(() -> gateway.list(resource, namespace, labelSelector, fieldSelector));
    }

    @Override
    public void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        read(() -> {
            gateway.each(resource, namespace, labelSelector, fieldSelector, consumer);
            return Optional.empty();
        });
    }

    @Override
    public final List<String> log(String namespace, String pod, String container, int lines) {
        return read(() -> gateway.log(namespace, pod, container, lines));
    }

    @Override
    public final Optional<List<String>> controllerLog(int lines) {
        return gateway.controllerLog(lines);
    }

    @Override
    public final Optional<Instant> time() {
        return gateway.time();
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        return write(resource, () -> gateway.create(resource, object, mode));
    }

    @Override
    public final ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        return write(resource, () -> gateway.replace(resource, object, mode));
    }

    @Override
    public final void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        write(resource, () -> {
            gateway.delete(resource, namespace, name, uid, resourceVersion, mode);
            return Optional.empty();
        });
    }

    @Override
    public final void close() {
        gateway.close();
    }
}
