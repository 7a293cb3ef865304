package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A gateway that passes every request on and counts it: reads, writes, and access reviews separately. */
public final class CountingGateway extends ForwardingGateway {

    private final AtomicInteger reads;
    private final AtomicInteger writes;
    private final AtomicInteger reviews;

    public CountingGateway(ClusterGateway gateway) {
        super(gateway);
        this.reads = new AtomicInteger();
        this.writes = new AtomicInteger();
        this.reviews = new AtomicInteger();
    }

    /**
     * Creates a gateway for another user or program. Its requests are counted together with those of {@code parent}.
     */
    private CountingGateway(ClusterGateway gateway, CountingGateway parent) {
        super(gateway);
        this.reads = parent.reads;
        this.writes = parent.writes;
        this.reviews = parent.reviews;
    }

    public int reads() {
        return reads.get();
    }

    /** The number of creates, replacements and deletions, dry runs included. */
    public int writes() {
        return writes.get();
    }

    public int reviews() {
        return reviews.get();
    }

    /** The number of all requests. */
    public long calls() {
        return (long) reads() + writes() + reviews();
    }

    @Override
    <T> T read(Supplier<T> request) {
        reads.incrementAndGet();
        return request.get();
    }

    /** Counts a request. A review is created, but writes nothing. */
    @Override
    <T> T write(Resource resource, Supplier<T> request) {
        (resource.plural().endsWith("reviews") ? reviews : writes).incrementAndGet();
        return request.get();
    }

    @Override
    ClusterGateway around(ClusterGateway other) {
        return new CountingGateway(other, this);
    }
}
