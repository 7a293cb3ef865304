package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.function.Supplier;

/**
 * A gateway whose errors name the cluster instead of the address of its API server. Errors of a single request stay as
 * they are.
 */
public final class NamedGateway extends ForwardingGateway {

    private final String name;

    /**
     * Wraps a gateway.
     *
     * @param name such as {@code Cluster "prod"}
     */
    public NamedGateway(ClusterGateway gateway, String name) {
        super(gateway);
        this.name = name;
    }

    @Override
    <T> T read(Supplier<T> request) {
        try {
            return request.get();
        } catch (ClusterException e) {
            throw e.naming(name);
        }
    }

    @Override
    <T> T write(Resource resource, Supplier<T> request) {
        return read(request);
    }

    @Override
    ClusterGateway around(ClusterGateway other) {
        return new NamedGateway(other, name);
    }
}
