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
import io.jenkins.plugins.argopreflight.action.publish.Publication;
import io.jenkins.plugins.argopreflight.action.publish.Publishers;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.GatePolicy;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.step.BuildSecrets;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The run of a preflight: reads manifests from the workspace, checks them with the cluster and the registries, and
 * publishes the report in the build. Other steps use it as well, with the same report, result and page as
 * {@code argoPreflight}.
 */
public final class PreflightRunner {

    private static final int CONCURRENCY = 16;

    /** The file name in findings about manifests that are not in a file. */
    private static final String PARAMETER_FILE = "manifest.yaml";

    private final PreflightConfig config;
    private final String owner;
    private final StepContext context;
    private final ClusterConnector connector;
    private final Run<?, ?> run;
    private final JobSettings settings;
    private final ManifestReader reader;
    private Optional<List<Document>> documents = Optional.empty();
    private Optional<Map<String, String>> parameters = Optional.empty();

    /** The source of the manifests that another step will submit. */
    public interface Judged {
        /** Returns the manifests for a cluster. */
        List<Document> in(StepCluster cluster) throws IOException, InterruptedException;
    }

    /**
     * Creates a runner.
     *
     * @param owner the id of the step's execution, which stays the same after a restart
     * @param connector the connector of the step, so that the log shows the cluster once
     */
    PreflightRunner(PreflightConfig config, String owner, StepContext context, ClusterConnector connector)
            throws IOException, InterruptedException {
        this(config, owner, context, connector, new ManifestReader());
    }

    /** Creates the runner of a step that submits, which needs all objects of the manifests. */
    public static PreflightRunner ofSubmission(
            PreflightConfig config, String owner, StepContext context, ClusterConnector connector)
            throws IOException, InterruptedException {
        return new PreflightRunner(config, owner, context, connector, new ManifestReader().refusingOmissions());
    }

    private PreflightRunner(
            PreflightConfig config,
            String owner,
            StepContext context,
            ClusterConnector connector,
            ManifestReader reader)
            throws IOException, InterruptedException {
        this.config = config;
        this.owner = owner;
        this.context = context;
        this.connector = connector;
        this.run = context.get(Run.class);
        this.settings = connector.settings();
        this.reader = reader;
    }

    /**
     * A report with the comparison and the result.
     *
     * @param id id of the report
     * @param newOnly whether only findings count that the reference does not have
     */
    record Evaluation(String id, Report report, Optional<Reference> reference, GateVerdict verdict, boolean newOnly) {}

    /**
     * Checks the manifests, compares the report with that of the reference build, and determines the result.
     *
     * @param manifests the source of the manifests for a check with a cluster
     * @throws AbortException if nothing could be checked; the message is a sentence
     */
    Evaluation evaluate(Judged manifests) throws IOException, InterruptedException {
        try {
            GatePolicy policy = settings.policy().with(config.policy());
            policy.notes().forEach(StepLog.of(context)::println);
            GateOptions options = policy.options();
            PreflightConfig effective = withoutRefused(policy);
            List<Document> documents = documents();
            Map<String, String> parameterValues = parameters();
            Report found = BuildSecrets.of(context)
                    .mask(
                            effective.noCluster
                                    ? VisibleReport.inStep(Remediation.inStep(
                                            preflight(effective, Optional.empty(), documents, parameterValues, options),
                                            ""))
                                    : withCluster(effective, manifests, parameterValues, options));
            String id = BuildReports.reserve(run, config.reportId(), owner);
            if (options.newOnly() && !id.equals(config.reportId())) {
                StepLog.of(context).println(Messages.Preflight_idTaken(config.reportId(), id));
            }
            // If a failed attempt of the same build has recorded a report under the requested id, this call is a retry:
            // it is compared like that attempt.
            boolean retried = !id.equals(config.reportId()) && BuildReports.hasNotPassed(run, config.reportId());
            Optional<Reference> reference = ReferenceBuild.of(config, retried ? config.reportId() : id, run, context);
            Report report = reference.map(earlier -> earlier.compared(found)).orElse(found);
            Optional<Set<String>> only = options.newOnly() && reference.isPresent()
                    ? Optional.of(Set.copyOf(History.of(report, run.getNumber(), reference, Map.of())
                            .fresh()))
                    : Optional.empty();
            GateVerdict verdict = GateVerdict.of(report, options, only);
            RunResult result = verdict.verdict() == Verdict.FAILED ? RunResult.FAILED : report.result();
            return new Evaluation(id, report.judged(options.gate(), result), reference, verdict, options.newOnly());
        } catch (KubeconfigException | ManifestException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Checks the manifests, and publishes the report on the build's page.
     *
     * @param manifests the source of the manifests for a check with a cluster
     * @throws AbortException if the result fails the build
     */
    public Map<String, Object> pass(Judged manifests) throws IOException, InterruptedException {
        return publish(evaluate(manifests));
    }

    /** Returns the parameters without those that a locked policy refuses. The build's log lists them. */
    private PreflightConfig withoutRefused(GatePolicy policy) throws IOException, InterruptedException {
        List<LockedParameter> refused = new ArrayList<>();
        for (LockedParameter each : LockedParameter.in(config, connector.hasUsableCluster())) {
            Optional<String> refusal = policy.refusal(each.toString());
            if (refusal.isPresent()) {
                StepLog.of(context).println(refusal.get());
                refused.add(each);
            }
        }
        return LockedParameter.remove(refused, config);
    }

    private Report withCluster(
            PreflightConfig effective, Judged judged, Map<String, String> values, GateOptions options)
            throws IOException, InterruptedException {
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT)) {
            try {
                cluster.checkNamespaces(List.of(effective.namespace));
                cluster.checkArgoNamespace(effective.argoNamespace);
                Report report = preflight(effective, Optional.of(cluster), judged.in(cluster), values, options);
                return VisibleReport.inStep(Remediation.inStep(
                        cluster.configuration()
                                .map(found -> withConnectionTest(report, found.getName()))
                                .orElse(report),
                        config.cluster.name()));
            } catch (ClusterException e) {
                throw new AbortException(cluster.forLog(e.getMessage()));
            }
        }
    }

    /**
     * Replaces the fix for a configured cluster that cannot be reached, since the users of Jenkins have no kubeconfig
     * for it.
     */
    static Report withConnectionTest(Report report, String cluster) {
        return report.worded(finding -> NoClusterAccess.isReportedBy(finding)
                ? finding.withFixes(List.of(AskPerson.reader(Messages.Preflight_testConnection(cluster))))
                : finding);
    }

    private Report preflight(
            PreflightConfig effective,
            Optional<StepCluster> cluster,
            List<Document> manifests,
            Map<String, String> values,
            GateOptions options)
            throws IOException, InterruptedException {
        Optional<ClusterConfiguration> configuration = cluster.flatMap(StepCluster::configuration);
        AddressPolicy addresses = settings.addressPolicy(configuration);
        RegistrySettings registries = effective.noRegistry
                ? RegistrySettings.builder().offline().build()
                : settings.registries().toSettings(addresses);
        Fact<ClusterGateway> gateway = cluster.map(StepCluster::named)
                .map(Fact::known)
                .orElseGet(() -> Fact.unknown(Messages.Preflight_noClusterAsked()));
        PreflightRequest request =
                effective.request(cluster, manifests, values, settings.nodeCredentials(configuration), options);
        try (RegistryProbe probe = new RegistryProbe(registries)) {
            Report report = new Preflight(gateway, probe, CONCURRENCY)
                    .askingCluster(!effective.noCluster)
                    .askingRegistries(!effective.noRegistry)
                    .run(request);
            JobSettings.refusedHosts(addresses).forEach(StepLog.of(context)::println);
            return report;
        }
    }

    /** Returns the values of the submission for the workflows' parameters. They are read once, as the documents are. */
    public Map<String, String> parameters() throws IOException, InterruptedException {
        if (parameters.isEmpty()) {
            parameters = Optional.of(
                    WorkflowParameters.of(config.parameters, config.parameterFile, context.get(FilePath.class)));
        }
        return parameters.get();
    }

    /** Returns whether the policy allows a step without a preflight. Otherwise, the build's log has the refusal. */
    public boolean canBeLeftOut() throws IOException, InterruptedException {
        Optional<String> refusal = settings.policy().refusal("preflight: false");
        refusal.ifPresent(StepLog.of(context)::println);
        return refusal.isEmpty();
    }

    /**
     * Returns the documents. They are read once, so that the checked documents are those that are submitted, even if
     * the workspace changes.
     */
    public List<Document> documents() throws IOException, InterruptedException {
        if (documents.isEmpty()) {
            documents = Optional.of(read());
        }
        return documents.get();
    }

    private List<Document> read() throws IOException, InterruptedException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (!config.workflows.isEmpty()) {
            files.putAll(new WorkspaceManifests("workflows", config.workflows).read(context.get(FilePath.class)));
        }
        if (!config.manifests().isEmpty()) {
            files.put(PARAMETER_FILE, config.manifests().getBytes(StandardCharsets.UTF_8));
        }
        return reader.readAll(files);
    }

    /**
     * Publishes the report on the build's page, and shows its result in the build, the stage and the log.
     *
     * @throws AbortException if the result fails the build
     */
    Map<String, Object> publish(Evaluation evaluation) throws IOException, InterruptedException {
        Map<String, Integer> earlier = BuildReports.firstSeen(run, evaluation.id());
        History history = History.of(evaluation.report(), run.getNumber(), evaluation.reference(), earlier);
        GateVerdict verdict = evaluation.verdict();
        PreflightReportAction action = BuildReports.record(
                run,
                new ReportRecord(evaluation.id(), config.name, owner, verdict.verdict(), evaluation.report(), history));
        BuildOutcome outcome = new BuildOutcome(context);
        outcome.record(evaluation, history, action);
        if (config.description) {
            outcome.describe(evaluation, action);
        }
        String reason = verdict.why();
        Publishers.publish(
                Publication.of(
                        action,
                        verdict.verdict(),
                        reason,
                        evaluation.report(),
                        outcome.address(action),
                        settings.isPublishDetails()),
                config.unpublished(settings.isPublishTests()),
                context);
        if (verdict.verdict() == Verdict.FAILED) {
            throw new AbortException(reason);
        }
        if (verdict.verdict() == Verdict.UNSTABLE) {
            outcome.markUnstable(reason);
        }
        return PreflightResult.of(evaluation, action, history, outcome.address(action));
    }
}
