package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.BuildReports;
import io.jenkins.plugins.argopreflight.action.History;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.ReportRecord;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.GatePolicy;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.engine.Preflight;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;
import io.jenkins.plugins.argopreflight.publish.Publication;
import io.jenkins.plugins.argopreflight.publish.Publishers;
import io.jenkins.plugins.argopreflight.step.BuildSecrets;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A preflight's task: manifests from the workspace, the question to cluster and registries, the report to the build. Also
 * the first part of another step: the same report, gates and page as the step {@code argoPreflight}.
 */
public final class PreflightRunner {

    private static final int CONCURRENCY = 16;

    /** The name in findings of manifests that no file holds. */
    private static final String GIVEN = "manifest.yaml";

    private final PreflightConfig order;
    private final String owner;
    private final StepContext context;
    private final ClusterConnector connector;
    private final Run<?, ?> run;
    private final JobSettings settings;
    private Optional<List<Document>> documents = Optional.empty();
    private Optional<Map<String, String>> parameters = Optional.empty();

    /** The manifests as another step will submit them. */
    public interface Judged {
        List<Document> in(StepCluster cluster) throws IOException, InterruptedException;
    }

    /** @param step what {@code argoPreflight} would be given */
    public PreflightRunner(PreflightStep step, String owner, StepContext context, ClusterConnector connector)
            throws IOException, InterruptedException {
        this(new PreflightConfig(step, connector.choice()), owner, context, connector);
    }

    /**
     * @param owner the same for one run of the step, also after a restart
     * @param connector of the step, whose log names the cluster once
     */
    PreflightRunner(PreflightConfig order, String owner, StepContext context, ClusterConnector connector)
            throws IOException, InterruptedException {
        this.order = order;
        this.owner = owner;
        this.context = context;
        this.connector = connector;
        this.run = context.get(Run.class);
        this.settings = connector.settings();
    }

    /**
     * What was found, and what it is compared with.
     *
     * @param id of the report
     * @param newOnly whether only what the reference does not have counts
     */
    record Found(String id, Report report, Optional<Reference> reference, GateVerdict verdict, boolean newOnly) {}

    /**
     * Looks.
     *
     * @param judged what a cluster is asked about
     * @throws AbortException when nothing could be checked, in a sentence
     */
    Found look(Judged judged) throws IOException, InterruptedException {
        order.check();
        try (Budget.Scope budget = Budget.open(settings.limits())) {
            GatePolicy policy = settings.policy().with(order.policy());
            policy.notes().forEach(StepLog.of(context)::println);
            PreflightConfig asked = held(policy);
            List<Document> given = documents();
            Map<String, String> values = parameters();
            Report found = BuildSecrets.of(context)
                    .hiddenIn(
                            asked.noCluster
                                    ? withoutCluster(asked, given, policy, values)
                                    : withCluster(asked, judged, policy, values));
            String id = BuildReports.reserve(run, order.reportId(), owner);
            if (asked.newOnly && !id.equals(order.reportId())) {
                StepLog.of(context).println(Messages.Preflight_idTaken(order.reportId(), id));
            }
            // After a failed attempt, of which the report is kept, it is the same call as before.
            boolean again = !id.equals(order.reportId()) && BuildReports.hasFailed(run, order.reportId());
            Optional<Reference> reference = ReferenceBuild.of(order, again ? order.reportId() : id, run, context);
            Report report = reference.map(before -> before.compared(found)).orElse(found);
            Optional<Set<String>> only = asked.newOnly && reference.isPresent()
                    ? Optional.of(Set.copyOf(History.of(report, run.getNumber(), reference, Map.of())
                            .fresh()))
                    : Optional.empty();
            GateVerdict verdict = GateVerdict.of(report, policy.failOn(), policy.unstableOn(), only);
            RunResult result = verdict.verdict() == Verdict.FAILED ? RunResult.FAILED : report.result();
            return new Found(id, report.judged(policy.failOn(), result), reference, verdict, asked.newOnly);
        } catch (KubeconfigException | ManifestException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Checks, and puts the report on the build's page.
     *
     * @param judged of the cluster, what is judged in place of the manifests
     * @throws AbortException when the gate fails
     */
    public Map<String, Object> pass(Judged judged) throws IOException, InterruptedException {
        return keep(look(judged));
    }

    /** What the step asks for, without what a locked policy does not let apply; the build's log has each of it. */
    private PreflightConfig held(GatePolicy policy) throws IOException, InterruptedException {
        Set<String> ignored = new LinkedHashSet<>();
        for (String name : LockedParameters.of(order.lockable(), connector.hasConfigured())) {
            Optional<String> refusal = policy.refusal(name);
            if (refusal.isPresent()) {
                StepLog.of(context).println(refusal.get());
                ignored.add(name);
            }
        }
        return order.without(ignored);
    }

    private Report withCluster(PreflightConfig asked, Judged judged, GatePolicy policy, Map<String, String> values)
            throws IOException, InterruptedException {
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT)) {
            try {
                cluster.checkNamespaces(List.of(asked.namespace));
                cluster.checkArgoNamespace(asked.argoNamespace);
                Report report = preflight(
                        asked,
                        Fact.known(cluster.named()),
                        new PreflightRequestBuilder(
                                        asked, policy, settings.nodeCredentials(cluster.configuration()), values)
                                .in(cluster, judged.in(cluster)),
                        cluster.configuration());
                return VisibleReport.inStep(
                        cluster.configuration()
                                .map(found -> withConnectionTest(report, found.getName()))
                                .orElse(report),
                        order.cluster.name());
            } catch (ClusterException e) {
                throw new AbortException(cluster.forLog(e.getMessage()));
            }
        }
    }

    /** Returns the report with the fix for a configured cluster that gives no answer; users have no kubeconfig. */
    static Report withConnectionTest(Report report, String cluster) {
        return report.worded(finding -> NoClusterAccess.isReportedBy(finding)
                ? finding.withFixes(List.of(AskPerson.reader(Messages.Preflight_testConnection(cluster))))
                : finding);
    }

    private Report withoutCluster(
            PreflightConfig asked, List<Document> given, GatePolicy policy, Map<String, String> values)
            throws IOException, InterruptedException {
        Report report = preflight(
                asked,
                Fact.unknown(Messages.Preflight_noClusterAsked()),
                new PreflightRequestBuilder(asked, policy, List.of(), values).of(given),
                Optional.empty());
        return VisibleReport.inStep(report, "");
    }

    private Report preflight(
            PreflightConfig asked,
            Fact<ClusterGateway> cluster,
            PreflightRequest request,
            Optional<ClusterConfiguration> configuration)
            throws IOException, InterruptedException {
        AddressPolicy addresses = settings.addressPolicy(configuration);
        RegistrySettings registries = asked.noRegistry
                ? RegistrySettings.builder().offline().build()
                : settings.registries().toSettings(addresses);
        try (RegistryProbe probe = new RegistryProbe(registries)) {
            Report report = new Preflight(cluster, probe, CONCURRENCY)
                    .asking(!asked.noCluster, !asked.noRegistry)
                    .run(request);
            JobSettings.refusedHosts(addresses).forEach(StepLog.of(context)::println);
            return report;
        }
    }

    /** Values that the submission gives to the workflows' parameters; read once, as the documents are. */
    public Map<String, String> parameters() throws IOException, InterruptedException {
        if (parameters.isEmpty()) {
            parameters = Optional.of(
                    WorkflowParameters.of(order.parameters, order.parameterFile, context.get(FilePath.class)));
        }
        return parameters.get();
    }

    /** Whether the step's own policy can do without a preflight; where it cannot, the build's log says so. */
    public boolean canBeLeftOut() throws IOException, InterruptedException {
        Optional<String> refusal = settings.policy().refusal("preflight: false");
        refusal.ifPresent(StepLog.of(context)::println);
        return refusal.isEmpty();
    }

    /** Read once, so that what is checked is what is submitted, whatever happens in the workspace meanwhile. */
    public List<Document> documents() throws IOException, InterruptedException {
        if (documents.isEmpty()) {
            documents = Optional.of(read());
        }
        return documents.get();
    }

    private List<Document> read() throws IOException, InterruptedException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (!order.workflows.isEmpty()) {
            files.putAll(new WorkspaceManifests("workflows", order.workflows).read(context.get(FilePath.class)));
        }
        if (!order.manifests().isEmpty()) {
            files.put(GIVEN, order.manifests().getBytes(StandardCharsets.UTF_8));
        }
        return new ManifestReader().readAll(files);
    }

    /**
     * Puts the report on the build's page, and shows build, stage and log what it comes to.
     *
     * @throws AbortException when the build shall fail of it
     */
    Map<String, Object> keep(Found found) throws IOException, InterruptedException {
        Map<String, Integer> earlier = BuildReports.firstSeen(run, found.id());
        History history = History.of(found.report(), run.getNumber(), found.reference(), earlier);
        GateVerdict verdict = found.verdict();
        PreflightReportAction action = BuildReports.record(
                run, new ReportRecord(found.id(), order.name, owner, verdict.verdict(), found.report(), history));
        BuildOutcome outcome = new BuildOutcome(context);
        outcome.record(found, history, action);
        if (order.description) {
            outcome.describe(found, action);
        }
        String why = verdict.why();
        Publishers.publish(
                Publication.of(
                        action,
                        verdict.verdict(),
                        why,
                        found.report(),
                        outcome.address(action),
                        settings.isPublishDetails()),
                order.unpublished(settings.isPublishTests()),
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
