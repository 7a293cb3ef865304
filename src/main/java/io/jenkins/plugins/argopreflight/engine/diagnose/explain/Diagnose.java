package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Explainer.Explanation;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.StateReader;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.CountingGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The diagnosis of a workflow that failed or does not progress: takes a request, returns the causes, and changes
 * nothing.
 */
public final class Diagnose {

    private final ClusterGateway cluster;
    private final Registry registry;
    private final int concurrency;
    private final Optional<ArgoServer> argo;

    /**
     * Creates a diagnosis without the Argo Server.
     *
     * @param cluster a live cluster, or a snapshot that was captured after the failure
     * @param registry the live registries, or the answers in a snapshot
     * @param concurrency the number of requests to the cluster that run at the same time
     */
    public Diagnose(ClusterGateway cluster, Registry registry, int concurrency) {
        this(cluster, registry, concurrency, Optional.empty());
    }

    private Diagnose(ClusterGateway cluster, Registry registry, int concurrency, Optional<ArgoServer> argo) {
        this.argo = argo;
        this.cluster = cluster;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * Returns this diagnosis with the cluster's Argo Server, from which data is read that the cluster no longer has.
     */
    public Diagnose withArgoServer(Optional<ArgoServer> server) {
        return new Diagnose(cluster, registry, concurrency, server);
    }

    /**
     * Reads the workflow, its pods, events and logs, and the facts of a preflight, and explains them. Facts that could
     * not be read are in {@link Diagnosis#unknown}. A workflow that no longer exists is reported as a note.
     *
     * @throws ClusterException if the cluster does not answer, or if interrupted
     */
    public Diagnosis run(DiagnoseRequest request) {
        try {
            return diagnose(request);
        } catch (CancellationException e) {
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while the workflow was diagnosed", e);
        }
    }

    private Diagnosis diagnose(DiagnoseRequest request) {
        long start = System.nanoTime();
        CountingGateway counting = new CountingGateway(cluster);
        long before = registry.requests();
        ObservedState observed = new StateReader(counting, request, argo).read();
        Explanation explanation = Explainer.explain(observed, counting, argo, registry, request, concurrency);
        Optional<WorkflowState> workflow = observed.state();
        return new Diagnosis(
                observed.name(),
                observed.namespace(),
                workflow.map(WorkflowState::uid).orElse(""),
                workflow.map(WorkflowState::phase).orElse(""),
                workflow.map(WorkflowState::message).orElse(""),
                explanation.causes(),
                explanation.consequences(),
                explanation.waiting(),
                DiagnosisNotes.notes(observed),
                Stream.concat(DiagnosisNotes.unknown(observed).stream(), explanation.unknown().stream())
                        .toList(),
                new Diagnosis.Cost(
                        counting.calls(), registry.requests() - before, (System.nanoTime() - start) / 1_000_000),
                "",
                List.of(),
                workflow.filter(state -> !state.isEnded())
                        .map(Diagnose::unfinished)
                        .orElse(Set.of()));
    }

    private static Set<String> unfinished(WorkflowState workflow) {
        return workflow.leaves().stream()
                .filter(NodeState::isUnfinished)
                .map(NodeState::displayName)
                .collect(Collectors.toSet());
    }
}
