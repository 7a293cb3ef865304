package io.jenkins.plugins.argopreflight.step.diagnose;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.BuildReports;
import io.jenkins.plugins.argopreflight.action.WorkflowRecord;
import io.jenkins.plugins.argopreflight.action.WorkflowsAction;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.StateReader;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.facts.change.Change;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.facts.change.StateComparison;
import io.jenkins.plugins.argopreflight.engine.facts.change.StateRecorder;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.UnavailableArgoServer;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisTexts;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.BuildSecrets;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The diagnosis of a workflow for a build, with the cluster, registries and limits of its job. */
public final class StepDiagnosis {

    private static final int CONCURRENCY = 16;
    /** The maximum number of causes, and of changes, in the log. */
    private static final int MAX_SHOWN_ITEMS = 3;

    private static final Diagnosis.Cost NO_COST = new Diagnosis.Cost(0, 0, 0);

    private static final JsonMapper JSON = new JsonMapper();

    private final ClusterConnector connector;
    private final Run<?, ?> run;
    private final BuildSecrets secrets;

    /**
     * Creates the diagnosis of a build.
     *
     * @param run the build, which is compared with an earlier build
     * @param secrets the secrets that are masked in the texts of a diagnosis
     */
    public StepDiagnosis(ClusterConnector connector, Run<?, ?> run, BuildSecrets secrets) {
        this.connector = connector;
        this.run = run;
        this.secrets = secrets;
    }

    /**
     * A diagnosis, and the cluster of its workflow.
     *
     * @param lines the first causes with their fixes, for the log
     * @param server the address that pages must not show
     * @param recorded the state of the cluster that was read, for the comparison with a later build
     */
    public record Found(Diagnosis diagnosis, String lines, String server, RecordedState recorded) {

        /**
         * Shows the causes on the build's page, and in the build's description if the step requests it.
         *
         * @param owner the id of the step's execution
         */
        void show(Run<?, ?> run, DiagnoseOrder order, String owner) throws IOException {
            WorkflowGraph graph = new WorkflowGraph(
                    diagnosis.namespace(), diagnosis.workflow(), diagnosis.phase(), diagnosis.message(), List.of(), 0);
            WorkflowsAction.record(
                    run,
                    new WorkflowRecord(
                            owner, DiagnoseStep.FUNCTION, graph, Optional.of(diagnosis), server, "", recorded));
            if (order.description) {
                new BuildDescription(run).addWorkflow(owner);
            }
        }

        /**
         * Returns the first cause as a sentence, and below it the last lines of failed containers; "" if there is none.
         */
        public String cause() {
            return diagnosis.causes().isEmpty()
                    ? ""
                    : diagnosis.causes().get(0).title() + DiagnosisTexts.logs(diagnosis);
        }

        /** Returns the part of the diagnosis that the log shows, without the requests and the time. */
        public Diagnosis forLog() {
            return first(diagnosis, NO_COST);
        }

        /** Returns a sentence with a cause that waiting does not fix; "" if there is none. */
        public String permanentCause() {
            return diagnosis.permanent().map(Cause::title).orElse("");
        }

        /**
         * Returns the diagnosis as maps, lists, texts and numbers, as {@code docs/diagnosis.schema.json} describes it.
         */
        public Map<String, Object> data() {
            return JSON.convertValue(new DiagnosisJson().tree(diagnosis), new TypeReference<Map<String, Object>>() {});
        }
    }

    /**
     * Diagnoses a workflow.
     *
     * @param namespace the namespace; "" for that of the cluster
     * @param workflow its name; "" to find it by labels
     * @param logs the source of the container logs
     * @param reads the shared reads for the requests to the cluster
     * @throws AbortException if nothing could be checked; the message is a sentence
     */
    public Found find(String namespace, String workflow, String labels, LogSource logs, SharedReads.Run reads)
            throws IOException, InterruptedException {
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT);
                ArgoServer server = argo(cluster);
                Budget.Scope budget = Budget.open(connector.settings().limits());
                RegistryProbe probe = new RegistryProbe(connector
                        .settings()
                        .registries()
                        .toSettings(connector.settings().addressPolicy(cluster.configuration())))) {
            String in = namespace(cluster, namespace);
            String argo = cluster.configuration()
                    .map(ClusterConfiguration::getArgoNamespace)
                    .filter(name -> !name.isEmpty())
                    .orElse(NamedCluster.DEFAULT_ARGO_NAMESPACE);
            try {
                StateRecorder recorder = new StateRecorder();
                Diagnosis found = new Diagnose(
                                recorder.around(reads.around(cluster.named())), recorder.around(probe), CONCURRENCY)
                        .withArgoServer(Optional.ofNullable(server))
                        .run(new DiagnoseRequest(
                                in,
                                workflow,
                                labels,
                                argo,
                                logs.masking(secrets::mask),
                                connector.settings().nodeCredentials(cluster.configuration()),
                                Optional.empty()));
                RecordedState recorded = recorder.state();
                Diagnosis diagnosis = secrets.mask(Remediation.inStep(
                        withChanges(found, recorded), connector.choice().name()));
                return new Found(
                        diagnosis,
                        cluster.forLog(new DiagnosisText(Style.PLAIN).render(first(diagnosis, diagnosis.cost()))),
                        cluster.hiddenServer(),
                        recorded);
            } catch (ClusterException e) {
                if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                    throw e;
                }
                throw new AbortException(cluster.forLog(e.getMessage()));
            }
        } catch (KubeconfigException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Returns the workflow if it has not ended, with as few requests as possible.
     *
     * @return empty also if the workflow cannot be read, for which {@link #find} reports the reason
     */
    Optional<WorkflowState> unfinished(String namespace, String workflow, String labels)
            throws IOException, InterruptedException {
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT)) {
            DiagnoseRequest request = new DiagnoseRequest(
                    namespace(cluster, namespace),
                    workflow,
                    labels,
                    "",
                    LogSource.unread(""),
                    List.of(),
                    Optional.empty());
            return new StateReader(cluster.gateway(), request, Optional.empty()).unfinished();
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            return Optional.empty();
        } catch (KubeconfigException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String namespace(StepCluster cluster, String stepNamespace) throws AbortException {
        String namespace = stepNamespace.isEmpty() ? cluster.namespace() : stepNamespace;
        cluster.checkNamespaces(List.of(namespace));
        return namespace;
    }

    /** Adds the changes since the last successful build that recorded a state of the cluster. */
    private Diagnosis withChanges(Diagnosis found, RecordedState recorded) {
        if (found.phase().equals("Succeeded")) {
            return found;
        }
        RecordedState current = BuildReports.recorded(run, recorded.cluster()).and(recorded);
        return BuildReports.succeededBefore(run, recorded.cluster())
                .map(earlier -> {
                    StateComparison comparison = StateComparison.of(earlier.recorded(), current);
                    return comparison.compared() == 0
                            ? found
                            : found.changedSince(earlier.name(), comparison.changes());
                })
                .orElse(found);
    }

    /**
     * Returns the connection to Argo Server; null if none is configured. If it cannot be used, only the facts that it
     * would provide are unknown.
     */
    private static @Nullable ArgoServer argo(StepCluster cluster) {
        try {
            return cluster.argo().connect().orElse(null);
        } catch (IOException | KubeconfigException | IllegalArgumentException e) {
            return new UnavailableArgoServer(String.valueOf(e.getMessage()));
        }
    }

    /** Returns a diagnosis with the first causes and changes only, for the log. */
    private static Diagnosis first(Diagnosis all, Diagnosis.Cost cost) {
        List<Change> changed = all.changed();
        if (changed.size() > MAX_SHOWN_ITEMS) {
            String more = Messages.Diagnose_moreChanges(changed.size() - MAX_SHOWN_ITEMS);
            changed = Stream.concat(changed.stream().limit(MAX_SHOWN_ITEMS), Stream.of(new Change("", "", "", more)))
                    .toList();
        }
        return new Diagnosis(
                all.workflow(),
                all.namespace(),
                all.uid(),
                all.phase(),
                all.message(),
                all.causes().subList(0, Math.min(MAX_SHOWN_ITEMS, all.causes().size())),
                List.of(),
                all.waiting(),
                all.notes(),
                all.unknown(),
                cost,
                all.changedSince(),
                changed,
                Set.of());
    }
}
