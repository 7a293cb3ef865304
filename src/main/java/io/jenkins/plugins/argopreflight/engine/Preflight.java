package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;

/** Judges workflows before they are submitted: request in, report out. */
public final class Preflight {

    private final Fact<ClusterGateway> cluster;
    private final Registry registry;
    private final int concurrency;

    /**
     * @param cluster a live one or a snapshot; Unknown, with the reason, when none shall or can be asked
     * @param registry the live registries, or what a snapshot says of them
     * @param concurrency how many requests to the cluster run at the same time
     */
    public Preflight(Fact<ClusterGateway> cluster, Registry registry, int concurrency) {
        this.cluster = cluster;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * Collects, checks, reports.
     *
     * @throws IllegalArgumentException when there is nothing to judge, or the request is wrong
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public Report run(PreflightRequest request) {
        throw new UnsupportedOperationException(
                "not written yet: " + cluster + registry.requests() + concurrency + request.namespace());
    }
}
