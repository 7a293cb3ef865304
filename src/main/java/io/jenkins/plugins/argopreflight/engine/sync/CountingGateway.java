package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Passes everything on and counts it: reads, writes, and access reviews each for themselves. */
public final class CountingGateway implements ClusterGateway {

    private final ClusterGateway gateway;
    private final AtomicInteger reads;
    private final AtomicInteger writes;
    private final AtomicInteger reviews;

    public CountingGateway(ClusterGateway gateway) {
        this.gateway = gateway;
        this.reads = new AtomicInteger();
        this.writes = new AtomicInteger();
        this.reviews = new AtomicInteger();
    }

    /** What somebody else asks counts with ours. */
    private CountingGateway(ClusterGateway gateway, CountingGateway ours) {
        this.gateway = gateway;
        this.reads = ours.reads;
        this.writes = ours.writes;
        this.reviews = ours.reviews;
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
    public Optional<AccessLimits> limits() {
        return gateway.limits();
    }

    @Override
    public List<String> nodeCredentials() {
        return gateway.nodeCredentials();
    }

    @Override
    public Optional<ClusterGateway> as(Identity who) {
        return gateway.as(who).map(him -> new CountingGateway(him, this));
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
    public void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        reads.incrementAndGet();
        gateway.each(resource, namespace, labelSelector, fieldSelector, consumer);
    }

    @Override
    public List<String> log(String namespace, String pod, String container, int lines) {
        reads.incrementAndGet();
        return gateway.log(namespace, pod, container, lines);
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
