package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A reader of workflows that determines the pods that Argo will create. It reads from the cluster what the manifests do
 * not contain.
 */
public final class PodsReader {

    /** The default number of workflows that are processed at the same time. */
    public static final int CONCURRENCY = 16;

    private final Fact<ClusterGateway> cluster;
    private final boolean clusterAsked;
    private final int concurrency;

    /**
     * Creates a reader.
     *
     * @param cluster the cluster; Unknown, with the reason, if none can be read
     * @param clusterAsked whether the request asks for the cluster; if it does, the result counts as unchecked when the
     *     cluster does not answer
     */
    public PodsReader(Fact<ClusterGateway> cluster, boolean clusterAsked, int concurrency) {
        this.cluster = cluster;
        this.clusterAsked = clusterAsked;
        this.concurrency = concurrency;
    }

    /** Returns the pods of the workflows of a request, as {@link Workflows#of} does, with the cost of reading. */
    public PodsReport of(WorkflowRequest request) {
        try {
            return read(request);
        } catch (CancellationException e) {
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while the workflows were processed", e);
        }
    }

    private PodsReport read(WorkflowRequest request) {
        long start = System.nanoTime();
        ClusterReader reader = new ClusterReader(cluster);
        Workflows workflows = Workflows.of(request, reader, concurrency);
        List<Unavailable> unavailable = new ArrayList<>(workflows.unseen());
        reader.unavailableReason()
                .filter(reason -> clusterAsked)
                .ifPresent(
                        reason -> unavailable.add(0, Unavailable.of(Unavailable.Source.CLUSTER, reason, clusterAsked)));
        Budget.current()
                .leftOut()
                .forEach(each -> unavailable.add(Unavailable.requested(each.what(), each.reason(), Optional.empty())));
        return new PodsReport(
                workflows.workflows(),
                workflows.controller().version(),
                workflows.configuration(),
                unavailable,
                reader.requests(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
