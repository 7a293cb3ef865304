package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes everything on and counts it: reads, writes, and access reviews each for themselves. */
public final class CountingGateway implements ClusterGateway {

    private final ClusterGateway gateway;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger reviews = new AtomicInteger();

    public CountingGateway(ClusterGateway gateway) {
        this.gateway = gateway;
    }

    public int reads() {
        return reads.get();
    }

    /** Creates, replacements and deletions, judged (dry run) or carried out. */
    public int writes() {
        return writes.get();
    }

    public int reviews() {
        return reviews.get();
    }

    /** All of them. */
    public long calls() {
        return (long) reads() + writes() + reviews();
    }

    @Override
    public String server() {
        return gateway.server();
    }

    @Override
    public String version() {
        reads.incrementAndGet();
        return gateway.version();
    }

    @Override
    public Optional<ArgoInstallation> argo() {
        return gateway.argo();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        reads.incrementAndGet();
        return gateway.get(resource, namespace, name);
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        reads.incrementAndGet();
        return gateway.list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        (resource.plural().endsWith("reviews") ? reviews : writes).incrementAndGet();
        return gateway.create(resource, object, mode);
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        writes.incrementAndGet();
        return gateway.replace(resource, object, mode);
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        writes.incrementAndGet();
        gateway.delete(resource, namespace, name, uid, resourceVersion, mode);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
