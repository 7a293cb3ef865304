package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.sync.CountingGateway;
import java.util.List;

/** Finds out why a workflow failed or does not go on: request in, diagnosis out. Nothing is changed. */
public final class Diagnose {

    private final ClusterGateway cluster;
    private final Registry registry;
    private final int concurrency;

    /**
     * @param cluster a live one, or a snapshot that was captured after the failure
     * @param registry the live registries, or what a snapshot says of them
     * @param concurrency how many requests to the cluster run at the same time
     */
    public Diagnose(ClusterGateway cluster, Registry registry, int concurrency) {
        this.cluster = cluster;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * Reads the workflow, its pods, events and logs, and what the preflight reads, and explains them. What could not be
     * read is {@link Diagnosis#unknown}; a workflow that is gone is a note.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when the cluster does not answer, or when interrupted
     */
    public Diagnosis run(DiagnoseRequest request) {
        long start = System.nanoTime();
        CountingGateway counting = new CountingGateway(cluster);
        long before = registry.requests();
        return new Diagnosis(
                request.workflow(),
                request.namespace(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Diagnosis.Unknown(
                        "workflow " + request.workflow(),
                        "not read yet, with " + concurrency + " requests at the same time",
                        "",
                        true)),
                new Diagnosis.Cost(
                        counting.calls(), registry.requests() - before, (System.nanoTime() - start) / 1_000_000));
    }
}
