package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.collect.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.collect.Workflows;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.time.Duration;

/** The pods that Argo will create: manifests in, pods out; a cluster is asked for what no file says. */
public final class Pods {

    /** How many workflows are followed at the same time, unless said otherwise. */
    public static final int CONCURRENCY = 16;

    private final Fact<ClusterGateway> cluster;
    private final int concurrency;

    /** @param cluster Unknown, with the reason, when none shall or can be asked */
    public Pods(Fact<ClusterGateway> cluster, int concurrency) {
        this.cluster = cluster;
        this.concurrency = concurrency;
    }

    /** As {@link Workflows#of}, with what it cost. */
    public PodsReport of(WorkflowRequest request) {
        long start = System.nanoTime();
        ClusterReader reader = new ClusterReader(cluster);
        Workflows followed = Workflows.of(request, reader, concurrency);
        return new PodsReport(
                followed.workflows(),
                followed.controller().version(),
                followed.configuration(),
                followed.unseen(),
                reader.requests(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
