package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.CauseNesting;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.CheckResult;
import io.jenkins.plugins.argopreflight.engine.check.CheckRunner;
import io.jenkins.plugins.argopreflight.engine.check.CombinedFixes;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RunNotes;
import io.jenkins.plugins.argopreflight.engine.facts.Collector;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.change.StateRecorder;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.CountingGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.UnknownRow;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The check of workflows before they are submitted: takes a request, returns a report. */
public final class Preflight {

    private final Fact<ClusterGateway> cluster;
    private final Registry registry;
    private final int concurrency;
    private final Unchecked.Asked asked;

    /**
     * Creates a preflight that uses the cluster and the registries.
     *
     * @param cluster a live cluster or a snapshot; Unknown, with the reason, if none can or should be read
     * @param registry the live registries, or the answers in a snapshot
     * @param concurrency the number of requests to the cluster that run at the same time
     */
    public Preflight(Fact<ClusterGateway> cluster, Registry registry, int concurrency) {
        this(cluster, registry, concurrency, Unchecked.Asked.ALL);
    }

    private Preflight(Fact<ClusterGateway> cluster, Registry registry, int concurrency, Unchecked.Asked asked) {
        this.cluster = cluster;
        this.registry = registry;
        this.concurrency = concurrency;
        this.asked = asked;
    }

    /**
     * Returns this preflight for a request with or without the cluster ({@code --no-cluster}). Facts of a cluster that
     * was not requested are still unknown, but they do not make the result unchecked.
     */
    public Preflight askingCluster(boolean isRequested) {
        return new Preflight(cluster, registry, concurrency, new Unchecked.Asked(isRequested, asked.registries()));
    }

    /** Returns this preflight for a request with or without the registries ({@code --no-registry}). */
    public Preflight askingRegistries(boolean isRequested) {
        return new Preflight(cluster, registry, concurrency, new Unchecked.Asked(asked.cluster(), isRequested));
    }

    /** Returns all checks, in the order in which reports show their findings. */
    public static List<CheckInfo> checks() {
        return Checks.all().stream().map(Check::info).toList();
    }

    /**
     * Collects the facts, runs the checks, and creates the report.
     *
     * @throws IllegalArgumentException if there is nothing to check, or the request is wrong
     * @throws io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException if a setting in the controller's files
     *     is not valid YAML
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException only if interrupted
     */
    public Report run(PreflightRequest request) {
        try {
            return check(request);
        } catch (CancellationException e) {
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while the workflows were checked", e);
        }
    }

    private Report check(PreflightRequest request) {
        long start = System.nanoTime();
        GateEvaluation judgement = new GateEvaluation(request, checks());
        Fact<CountingGateway> counting = cluster.map(CountingGateway::new);
        StateRecorder recorder = new StateRecorder();
        Fact<ClusterGateway> gateway = counting.map(recorder::around);
        long callsBefore = registry.requests();
        Facts collected = new Collector(gateway, asked.cluster(), recorder.around(registry), concurrency)
                .collect(request.collectRequest());
        List<CheckResult> results = CombinedFixes.of(collected, new CheckRunner(Checks.all()).run(collected));
        List<Finding> findings = CauseNesting.of(judgement.counted(results));
        List<Note> notes = judgement.notes(RunNotes.of(collected));
        Facts facts = collected.withLeftOut(Budget.current().leftOut());
        ReportRows rows = new ReportRows(facts);
        List<PullRow> pulls = rows.pulls();
        List<UnknownRow> unknown = new ArrayList<>(rows.unknown());
        if (!asked.registries()) {
            String registries = Unavailable.Source.REGISTRIES.toString();
            unknown.add(new UnknownRow(registries, "no registry was asked", "", /* asked= */ false));
        }
        return new Report(
                Report.SCHEMA_VERSION,
                rows.request(request),
                rows.identity(),
                rows.versions(gateway),
                judgement.result(findings, Unchecked.exists(facts, asked), pulls),
                rows.subjects(),
                rows.pods(),
                pulls,
                rows.permissions(),
                findings,
                judgement.ignored(results),
                notes,
                judgement.checks(results),
                unknown,
                rows.missingRole(),
                new Report.Cost(
                        counting.ifKnown().map(CountingGateway::calls).orElse(0L),
                        registry.requests() - callsBefore,
                        Duration.ofNanos(System.nanoTime() - start).toMillis()),
                recorder.state());
    }
}
