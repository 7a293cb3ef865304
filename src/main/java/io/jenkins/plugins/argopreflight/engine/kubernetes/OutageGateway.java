package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A gateway for one run that detects an outage. After the API server could not be reached or did not accept the login,
 * each further request fails at once, with the reason of that first failure.
 */
public final class OutageGateway extends ForwardingGateway {

    /** The errors of a write that are an outage. A timeout is not: a webhook can be the cause, and not the server. */
    private static final Set<Kind> OUTAGES_OF_WRITE = Set.of(Kind.UNREACHABLE, Kind.TLS, Kind.UNAUTHORIZED);

    private static final Set<Kind> OUTAGES_OF_READ =
            Set.of(Kind.UNREACHABLE, Kind.TLS, Kind.UNAUTHORIZED, Kind.TIMEOUT);

    private final AtomicReference<ClusterException> first;

    public OutageGateway(ClusterGateway gateway) {
        this(gateway, new AtomicReference<>());
    }

    private OutageGateway(ClusterGateway gateway, AtomicReference<ClusterException> first) {
        super(gateway);
        this.first = first;
    }

    /** Returns the reason why the cluster does not answer; empty if there was no outage. */
    public Optional<String> outage() {
        return Optional.ofNullable(first.get()).map(ClusterException::getMessage);
    }

    @Override
    <T> T read(Supplier<T> request) {
        return send(request, OUTAGES_OF_READ);
    }

    @Override
    <T> T write(Resource resource, Supplier<T> request) {
        return send(request, OUTAGES_OF_WRITE);
    }

    private <T> T send(Supplier<T> request, Set<Kind> outages) {
        failAfterOutage();
        try {
            return request.get();
        } catch (ClusterException e) {
            if (outages.contains(e.kind())) {
                first.compareAndSet(null, e);
                failAfterOutage();
            }
            throw e;
        }
    }

    private void failAfterOutage() {
        ClusterException outage = first.get();
        if (outage != null) {
            throw outage.again();
        }
    }

    @Override
    ClusterGateway around(ClusterGateway other) {
        return new OutageGateway(other, first);
    }
}
