package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.report.PodsReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The pods that Argo will create: manifests in, pods out; a cluster is asked for what no file says. */
public final class Pods {

    /** How many workflows are followed at the same time, unless said otherwise. */
    public static final int CONCURRENCY = 16;

    private final Fact<ClusterGateway> cluster;
    private final boolean clusterAsked;
    private final int concurrency;

    /**
     * @param cluster Unknown, with the reason, when none can be asked
     * @param clusterAsked whether the request asks for it: then the result is unchecked when it does not answer
     */
    public Pods(Fact<ClusterGateway> cluster, boolean clusterAsked, int concurrency) {
        this.cluster = cluster;
        this.clusterAsked = clusterAsked;
        this.concurrency = concurrency;
    }

    /** As {@link Workflows#of}, with what it cost. */
    public PodsReport of(WorkflowRequest request) {
        try (Budget.Scope scope = Budget.ensure()) {
            return follow(request);
        } catch (CancellationException e) {
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while the workflows were processed", e);
        }
    }

    private PodsReport follow(WorkflowRequest request) {
        long start = System.nanoTime();
        ClusterReader reader = new ClusterReader(cluster);
        Workflows followed = Workflows.of(request, reader, concurrency);
        List<Unavailable> unseen = new ArrayList<>(followed.unseen());
        reader.silence()
                .filter(reason -> clusterAsked)
                .ifPresent(
                        reason -> unseen.add(0, new Unavailable(Unavailable.CLUSTER, reason, Optional.empty(), true)));
        Budget.current()
                .leftOut()
                .forEach(each -> unseen.add(new Unavailable(each.what(), each.reason(), Optional.empty(), true)));
        return new PodsReport(
                followed.workflows(),
                followed.controller().version(),
                followed.configuration(),
                unseen,
                reader.requests(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
