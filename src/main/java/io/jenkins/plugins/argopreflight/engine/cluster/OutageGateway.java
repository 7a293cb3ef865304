package io.jenkins.plugins.argopreflight.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * For one run: after the API server could not be reached or did not accept the login, each further request fails at
 * once, and for that first reason.
 */
public final class OutageGateway implements ClusterGateway {

    private static final Set<Kind> OUTAGES = Set.of(Kind.UNREACHABLE, Kind.TLS, Kind.UNAUTHORIZED);

    private final ClusterGateway gateway;
    private final AtomicReference<ClusterException> first;

    public OutageGateway(ClusterGateway gateway) {
        this(gateway, new AtomicReference<>());
    }

    private OutageGateway(ClusterGateway gateway, AtomicReference<ClusterException> first) {
        this.gateway = gateway;
        this.first = first;
    }

    /** Why the cluster does not answer; empty while it does. */
    public Optional<String> outage() {
        return Optional.ofNullable(first.get()).map(ClusterException::getMessage);
    }

    /** A read that gets no answer in time; a write can wait for a webhook instead of the server. */
    private <T> T read(Supplier<T> request) {
        return ask(request, true);
    }

    private <T> T write(Supplier<T> request) {
        return ask(request, false);
    }

    private <T> T ask(Supplier<T> request, boolean isRead) {
        failAfterOutage();
        try {
            return request.get();
        } catch (ClusterException e) {
            if (OUTAGES.contains(e.kind()) || isRead && e.kind() == Kind.TIMEOUT) {
                first.compareAndSet(null, e);
                failAfterOutage();
            }
            throw e;
        }
    }

    private void failAfterOutage() {
        ClusterException outage = first.get();
        if (outage != null) {
            throw new ClusterException(outage.kind(), outage.getMessage(), outage);
        }
    }

    @Override
    public String server() {
        return gateway.server();
    }

    @Override
    public String version() {
        return read(gateway::version);
    }

    @Override
    public Optional<ArgoInstallation> argo() {
        return gateway.argo();
    }

    @Override
    public Optional<AccessLimits> limits() {
        return gateway.limits();
    }

    @Override
    public List<String> nodeCredentials() {
        return gateway.nodeCredentials();
    }

    @Override
    public Optional<ClusterGateway> as(Identity who) {
        return gateway.as(who).map(other -> new OutageGateway(other, first));
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
    public List<String> log(String namespace, String pod, String container, int lines) {
        return read(() -> gateway.log(namespace, pod, container, lines));
    }

    @Override
    public Optional<List<String>> controllerLog(int lines) {
        return gateway.controllerLog(lines);
    }

    @Override
    public Optional<Instant> time() {
        return gateway.time();
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        return write(() -> gateway.create(resource, object, mode));
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        return write(() -> gateway.replace(resource, object, mode));
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        write(() -> {
            gateway.delete(resource, namespace, name, uid, resourceVersion, mode);
            return null;
        });
    }

    @Override
    public void close() {
        gateway.close();
    }
}
