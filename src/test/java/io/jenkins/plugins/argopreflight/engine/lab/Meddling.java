package io.jenkins.plugins.argopreflight.engine.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/** Passes everything on; somebody else does something just before the first request of a kind. */
public final class Meddling implements ClusterGateway {

    private final ClusterGateway gateway;
    private final String before;
    private final Runnable change;
    private boolean done;

    /** @param before such as {@code update secrets} */
    public Meddling(ClusterGateway gateway, String before, Runnable change) {
        this.gateway = gateway;
        this.before = before;
        this.change = change;
    }

    private synchronized void at(String verb, Resource resource) {
        if (!done && before.equals(verb + " " + resource.plural())) {
            done = true;
            change.run();
        }
    }

    @Override
    public String server() {
        return gateway.server();
    }

    @Override
    public String version() {
        return gateway.version();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        at("get", resource);
        return gateway.get(resource, namespace, name);
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        at("list", resource);
        return gateway.list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        at("create", resource);
        return gateway.create(resource, object, mode);
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        at("update", resource);
        return gateway.replace(resource, object, mode);
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        at("delete", resource);
        gateway.delete(resource, namespace, name, uid, resourceVersion, mode);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
