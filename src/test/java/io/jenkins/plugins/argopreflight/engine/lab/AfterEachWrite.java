package io.jenkins.plugins.argopreflight.engine.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/** Passes everything on, and looks after each write whether all is well. */
public class AfterEachWrite implements ClusterGateway {

    private final ClusterGateway gateway;
    private final Runnable check;

    public AfterEachWrite(ClusterGateway gateway, Runnable check) {
        this.gateway = gateway;
        this.check = check;
    }

    protected void beforeWrite() {}

    @Override
    public final String server() {
        return gateway.server();
    }

    @Override
    public final String version() {
        return gateway.version();
    }

    @Override
    public final Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return gateway.get(resource, namespace, name);
    }

    @Override
    public final List<ObjectNode> list(
            Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return gateway.list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public final ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        if (resource.plural().endsWith("reviews")) {
            return gateway.create(resource, object, mode);
        }
        beforeWrite();
        ObjectNode stored = gateway.create(resource, object, mode);
        check.run();
        return stored;
    }

    @Override
    public final ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        beforeWrite();
        ObjectNode stored = gateway.replace(resource, object, mode);
        check.run();
        return stored;
    }

    @Override
    public final void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        beforeWrite();
        gateway.delete(resource, namespace, name, uid, resourceVersion, mode);
        check.run();
    }

    @Override
    public final void close() {
        gateway.close();
    }
}
