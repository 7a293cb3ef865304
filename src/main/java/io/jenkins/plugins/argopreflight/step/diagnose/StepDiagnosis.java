package io.jenkins.plugins.argopreflight.step.diagnose;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.WorkflowRecord;
import io.jenkins.plugins.argopreflight.action.WorkflowsAction;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.Diagnose;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.report.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.report.DiagnosisText;
import io.jenkins.plugins.argopreflight.engine.report.Style;
import io.jenkins.plugins.argopreflight.engine.report.WorkflowGraph;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A diagnosis of a workflow for a build, with the cluster, registries and limits of its job. */
public final class StepDiagnosis {

    private static final int CONCURRENCY = 16;
    private static final int SHOWN = 3;
    private static final JsonMapper JSON = new JsonMapper();

    private final ClusterConnector connector;

    public StepDiagnosis(ClusterConnector connector) {
        this.connector = connector;
    }

    /**
     * What was found, and the cluster in which it was.
     *
     * @param lines for the log: the first causes with their fixes
     * @param server whose address pages leave out
     */
    public record Found(Diagnosis diagnosis, String lines, String server) {

        /**
         * Shows the causes on the build's page.
         *
         * @param owner the same for one run of the step
         */
        public void show(Run<?, ?> run, String owner) throws IOException {
            WorkflowGraph graph = new WorkflowGraph(
                    diagnosis.namespace(), diagnosis.workflow(), diagnosis.phase(), diagnosis.message(), List.of(), 0);
            WorkflowsAction.record(
                    run, new WorkflowRecord(owner, DiagnoseStep.FUNCTION, graph, Optional.of(diagnosis), server));
        }

        /** One sentence with the first cause; "" when there is none. */
        public String cause() {
            return diagnosis.causes().isEmpty() ? "" : diagnosis.causes().get(0).title();
        }

        /** As maps, lists, texts and numbers: {@code docs/diagnosis.schema.json}. */
        public Map<String, Object> data() {
            return JSON.convertValue(new DiagnosisJson().tree(diagnosis), new TypeReference<Map<String, Object>>() {});
        }
    }

    /**
     * Looks.
     *
     * @param namespace "" for that of the cluster
     * @param workflow its name; "" to find it by labels
     * @throws AbortException when nothing could be looked at, in a sentence
     */
    public Found find(String namespace, String workflow, String labels, boolean logs)
            throws IOException, InterruptedException {
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT);
                Budget.Scope budget = Budget.open(connector.settings().limits());
                RegistryProbe probe = new RegistryProbe(connector
                        .settings()
                        .registries()
                        .toSettings(connector.settings().addressPolicy(cluster.configuration())))) {
            String in = namespace.isEmpty() ? cluster.namespace() : namespace;
            cluster.checkNamespaces(List.of(in));
            String argo = cluster.configuration()
                    .map(ClusterConfiguration::getArgoNamespace)
                    .filter(name -> !name.isEmpty())
                    .orElse(NamedCluster.DEFAULT_ARGO_NAMESPACE);
            try {
                Diagnosis diagnosis = new Diagnose(cluster.gateway(), probe, CONCURRENCY)
                        .run(new DiagnoseRequest(
                                in,
                                workflow,
                                labels,
                                argo,
                                logs,
                                connector.settings().nodeCredentials(cluster.configuration()),
                                Optional.empty()));
                return new Found(
                        diagnosis,
                        cluster.told(new DiagnosisText(Style.PLAIN).render(first(diagnosis))),
                        cluster.hiddenServer());
            } catch (ClusterException e) {
                if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                    throw e;
                }
                throw new AbortException(cluster.told(e.getMessage()));
            }
        } catch (KubeconfigException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static Diagnosis first(Diagnosis all) {
        return new Diagnosis(
                all.workflow(),
                all.namespace(),
                all.uid(),
                all.phase(),
                all.message(),
                all.causes().subList(0, Math.min(SHOWN, all.causes().size())),
                List.of(),
                all.waiting(),
                all.notes(),
                all.unknown(),
                all.cost());
    }
}
