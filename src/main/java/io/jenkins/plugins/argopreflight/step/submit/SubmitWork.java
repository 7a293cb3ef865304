package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.Submission;
import io.jenkins.plugins.argopreflight.engine.submit.Submitter;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightRunner;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The tasks of the step in the cluster before the workflow is followed: the preflight, the draft of the workflow, and
 * its creation.
 */
final class SubmitWork {

    /** The annotation with the build that submitted the workflow. */
    static final String BUILD = "argo-preflight.jenkins.io/build";

    private final SubmitOrder order;
    private final String id;
    private final StepContext context;
    private final Run<?, ?> run;
    private final StepLog log;
    private final ClusterConnector connector;
    private String page = "";

    SubmitWork(SubmitOrder order, String id, StepContext context) throws IOException, InterruptedException {
        this.order = order;
        this.id = id;
        this.context = context;
        this.run = context.get(Run.class);
        this.log = StepLog.of(context);
        this.connector = new ClusterConnector(order.cluster, ClusterUse.JUDGE, context);
    }

    ClusterConnector connector() {
        return connector;
    }

    /**
     * Runs the preflight, and stores the draft of the workflow before it is created.
     *
     * @throws AbortException if nothing must be submitted
     */
    StoredRun prepare() throws IOException, InterruptedException {
        order.check();
        try (Budget.Scope budget = Budget.open(connector.settings().limits())) {
            return prepareInRun();
        } catch (KubeconfigException | IllegalArgumentException | ManifestException | OverBudget e) {
            throw new AbortException(e.getMessage());
        }
    }

    private StoredRun prepareInRun() throws IOException, InterruptedException {
        PreflightRunner runner = PreflightRunner.ofSubmission(order.preflightConfig(), id, context, connector);
        List<Document> documents = runner.documents();
        Map<String, String> parameters = runner.parameters();
        if (order.preflight || !runner.canBeLeftOut()) {
            // Objects of the cluster are checked as they are there.
            runner.pass(cluster -> documents.isEmpty()
                    ? documents
                    : draft(cluster, documents, parameters).in(documents));
        }
        try (StepCluster cluster = connect()) {
            Draft draft = draft(cluster, documents, parameters);
            cluster.checkNamespaces(List.of(draft.namespace()));
            ArchivedOutputs.check(cluster, order.archiveOutputs);
            draft.notes().forEach(note -> log.println(cluster.forLog(Option.inStep(note))));
            StoredRun stored = new StoredRun();
            stored.build = run.getExternalizableId();
            stored.cluster = order.cluster.toMap();
            stored.onAbort = order.wait ? order.onAbort : OnAbort.LEAVE.word();
            stored.created = Clock.systemUTC().instant().getEpochSecond();
            stored.draft = draft.workflow();
            stored.fixedName = draft.fixedName();
            stored.record.id = id;
            stored.record.namespace = draft.namespace();
            stored.record.name = draft.name();
            Runs.save(stored);
            return stored;
        }
    }

    private Draft draft(StepCluster cluster, List<Document> documents, Map<String, String> parameters)
            throws AbortException {
        String argoNamespace = cluster.configuration()
                .map(ClusterConfiguration::getArgoNamespace)
                .filter(name -> !name.isEmpty())
                .orElse(NamedCluster.DEFAULT_ARGO_NAMESPACE);
        try {
            return Draft.of(
                    cluster.gateway(),
                    new Submission(
                            documents,
                            order.from,
                            order.namespace.isEmpty() ? cluster.namespace() : order.namespace,
                            "",
                            "",
                            parameters,
                            order.labelValues(),
                            Map.of(BUILD, url()),
                            argoNamespace),
                    id);
        } catch (ClusterException e) {
            throw failure(cluster, e);
        }
    }

    private String url() {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl();
    }

    private static AbortException failure(StepCluster cluster, ClusterException e) {
        if (e.kind() == ClusterException.Kind.INTERRUPTED) {
            throw e;
        }
        return new AbortException(cluster.forLog(e.getMessage()));
    }

    /** Creates the workflow, unless an earlier attempt did, and stores its uid. */
    ObjectNode submit(StoredRun stored) throws IOException, InterruptedException {
        try (StepCluster cluster = connect()) {
            cluster.checkNamespaces(List.of(stored.record.namespace));
            ObjectNode created = create(
                    cluster, new Draft(java.util.Objects.requireNonNull(stored.draft), stored.fixedName, List.of()));
            stored.record.uid = KubeObjects.uid(created);
            stored.draft = null;
            Runs.save(stored);
            page = cluster.workflowPage(stored.record.namespace, stored.record.name, stored.record.uid);
            log.println(Messages.Submit_submitted(stored.record.workflow()) + (page.isEmpty() ? "" : ": " + page));
            return created;
        } catch (KubeconfigException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Creates the workflow. Errors do not contain the address of a configured cluster, since others can read the log.
     */
    private static ObjectNode create(StepCluster cluster, Draft draft) throws AbortException {
        try {
            return new Submitter(cluster.gateway()).submit(draft);
        } catch (ClusterException e) {
            throw failure(cluster, e);
        }
    }

    /** Returns the page of the submitted workflow in Argo's user interface; "" if no Argo Server is configured. */
    String page() {
        return page;
    }

    /**
     * Shuts the workflow down of a step that is stopped before it follows it. {@link EndedRuns} continues until the
     * workflow has ended.
     */
    void shutDown(StoredRun stored) throws IOException, InterruptedException {
        SubmitExecution.leave(stored);
        Optional<Shutdown> how = OnAbort.of(stored.onAbort).shutdown();
        if (how.isEmpty()) {
            return;
        }
        try (StepCluster cluster = connect();
                LiveCluster live = cluster.gateway().live().orElseThrow()) {
            try {
                how.get()
                        .send(
                                live,
                                stored.record.namespace,
                                stored.record.name,
                                stored.record.uid,
                                AbortReason.by(stored));
                log.println(Messages.Submit_sent(how.get().value(), stored.record.workflow()));
            } catch (ClusterException e) {
                log.println(cluster.forLog(
                        Option.inStep(Messages.Submit_notStopped(stored.record.workflow(), e.getMessage()))));
            }
        }
    }

    private StepCluster connect() throws IOException, InterruptedException {
        StepCluster cluster = connector.connect(Timeouts.DEFAULT);
        try {
            cluster.checkWrites();
            return cluster;
        } catch (AbortException e) {
            cluster.close();
            throw e;
        }
    }
}
