package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.History;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.ReportRecord;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.action.Reports;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.Policy;
import io.jenkins.plugins.argopreflight.config.Settings;
import io.jenkins.plugins.argopreflight.engine.Preflight;
import io.jenkins.plugins.argopreflight.engine.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.RunResult;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.report.VisibleReport;
import io.jenkins.plugins.argopreflight.publish.Publication;
import io.jenkins.plugins.argopreflight.publish.Publishers;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The step's errand: manifests from the workspace, the question to cluster and registries, the report to the build. */
final class PreflightWork {

    private static final int CONCURRENCY = 16;

    private final PreflightOrder order;
    private final String owner;
    private final StepContext context;
    private final Run<?, ?> run;
    private final Settings settings;

    /** @param owner the same for one run of the step, also after a restart */
    PreflightWork(PreflightOrder order, String owner, StepContext context) throws IOException, InterruptedException {
        this.order = order;
        this.owner = owner;
        this.context = context;
        this.run = context.get(Run.class);
        this.settings = Settings.of(run.getParent());
    }

    /** What was found, and what it is compared with. */
    record Found(Report report, Optional<Reference> reference, GateVerdict verdict) {}

    /** @throws AbortException when nothing could be looked at, in a sentence */
    Found look() throws IOException, InterruptedException {
        order.check();
        try (Budget.Scope budget = Budget.open(settings.limits())) {
            Policy policy = settings.policy().with(order.policy());
            policy.notes().forEach(StepLog.of(context)::println);
            List<Document> documents = documents();
            Report report = order.noCluster ? withoutCluster(documents, policy) : withCluster(documents, policy);
            Optional<Reference> reference = ReferenceBuild.of(order, run, context);
            Optional<Set<String>> only = order.newOnly && reference.isPresent()
                    ? Optional.of(Set.copyOf(History.of(report, run.getNumber(), reference, Map.of())
                            .fresh()))
                    : Optional.empty();
            GateVerdict verdict = GateVerdict.of(report, policy.failOn(), policy.unstableOn(), only);
            RunResult result = verdict.verdict() == Verdict.FAILED ? RunResult.FAILED : report.result();
            return new Found(report.judged(policy.failOn(), result), reference, verdict);
        } catch (KubeconfigException | ManifestException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Report withCluster(List<Document> documents, Policy policy) throws IOException, InterruptedException {
        try (StepCluster cluster = new ClusterConnector(order.cluster, context).connect(Timeouts.DEFAULT)) {
            try {
                cluster.checkNamespaces(List.of(order.namespace));
                cluster.checkArgoNamespace(order.argoNamespace);
                Report report = preflight(
                        Fact.known(cluster.gateway()),
                        new PreflightQuestion(order, policy, settings.nodeCredentials(cluster.configuration()))
                                .in(cluster, documents),
                        cluster.configuration());
                return VisibleReport.of(new StepRemedies(order.cluster.name()).in(report));
            } catch (ClusterException e) {
                throw new AbortException(cluster.told(e.getMessage()));
            }
        }
    }

    private Report withoutCluster(List<Document> documents, Policy policy) {
        return VisibleReport.of(preflight(
                Fact.unknown("no cluster was asked (noCluster)"),
                new PreflightQuestion(order, policy, List.of()).of(documents),
                Optional.empty()));
    }

    private Report preflight(
            Fact<ClusterGateway> cluster, PreflightRequest request, Optional<ClusterConfiguration> configuration) {
        RegistrySettings registries = order.noRegistry
                ? RegistrySettings.builder().offline().build()
                : settings.registries().toSettings(settings.addressPolicy(configuration));
        try (RegistryProbe probe = new RegistryProbe(registries)) {
            return new Preflight(cluster, probe, CONCURRENCY)
                    .asking(!order.noCluster, !order.noRegistry)
                    .run(request);
        }
    }

    List<Document> documents() throws IOException, InterruptedException {
        if (order.workflows.isEmpty()) {
            return List.of();
        }
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            throw new AbortException("workflows: '" + order.workflows
                    + "' is in a workspace, and there is none here: put the step into node { … }, after the checkout");
        }
        WorkspaceManifests manifests = new WorkspaceManifests(order.workflows);
        Map<String, byte[]> files = workspace.act(manifests);
        manifests.check(files);
        List<Document> documents = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            documents.addAll(new ManifestReader().read(file.getKey(), new ByteArrayInputStream(file.getValue())));
        }
        return documents;
    }

    /**
     * Puts the report on the build's page, and tells build, stage and log what it comes to.
     *
     * @throws AbortException when the build shall fail of it
     */
    Map<String, Object> keep(Found found) throws IOException, InterruptedException {
        Map<String, Integer> earlier = Reports.firstSeen(run, order.reportId());
        History history = History.of(found.report(), run.getNumber(), found.reference(), earlier);
        GateVerdict verdict = found.verdict();
        PreflightReportAction action = Reports.record(
                run, new ReportRecord(order.reportId(), order.name, owner, verdict.verdict(), found.report(), history));
        BuildOutcome outcome = new BuildOutcome(context);
        outcome.tell(found, action, order.newOnly);
        String why = verdict.why();
        Publishers.publish(
                Publication.of(
                        action,
                        verdict.verdict(),
                        why,
                        found.report(),
                        outcome.address(action),
                        settings.isPublishDetails()),
                order.unpublished(),
                context);
        if (verdict.verdict() == Verdict.FAILED) {
            throw new AbortException(why);
        }
        if (verdict.verdict() == Verdict.UNSTABLE) {
            outcome.markUnstable(why);
        }
        return PreflightResult.of(found, action, history, outcome.address(action));
    }
}
