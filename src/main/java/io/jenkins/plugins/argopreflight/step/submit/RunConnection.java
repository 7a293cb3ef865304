package io.jenkins.plugins.argopreflight.step.submit;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.submit.LogArchive;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.FollowedWorkflows;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connection to a workflow that is followed. It can be opened again. */
final class RunConnection {

    private final ClusterConnector connector;
    private final RunRecord record;
    private final SubmitOrder order;
    private final RunView view;
    private volatile @Nullable StepCluster cluster;
    private volatile @Nullable WorkflowRun run;

    RunConnection(ClusterConnector connector, RunRecord record, SubmitOrder order, RunView view) {
        this.connector = connector;
        this.record = record;
        this.order = order;
        this.view = view;
    }

    /**
     * Connects with the current configuration, and follows the workflow.
     *
     * @param delayed whether the log already reports that the workflow cannot be followed at the moment
     */
    void open(WorkflowRunListener listener, boolean delayed) throws IOException, InterruptedException {
        try (StepCluster connected = connector.connect(Timeouts.DEFAULT)) {
            cluster = connected;
            view.hide(connected.hiddenServer());
            run = WorkflowRun.follow(
                    () -> connected.gateway().live().orElseThrow(),
                    record,
                    FollowedWorkflows.setting(order.logs)
                            .with(archive(connected))
                            .keeping(view.tails())
                            .executorLines(order.executorLogs)
                            .delayed(delayed),
                    listener);
        }
    }

    /**
     * Returns the archive of logs on Argo Server; empty if none is configured. It is used rarely, so it connects for
     * each request.
     */
    private static Optional<LogArchive> archive(StepCluster connected) {
        boolean none = connected
                .configuration()
                .map(each -> each.getArgoServer().isEmpty())
                .orElse(true);
        return none
                ? Optional.empty()
                : Optional.of((log, lines) -> {
                    try (ArgoServer server = connected.argo().connect().orElseThrow()) {
                        return server.log(log, lines);
                    } catch (IOException | KubeconfigException e) {
                        throw new ClusterException(ClusterException.Kind.INVALID, String.valueOf(e.getMessage()), e);
                    }
                });
    }

    /**
     * Shuts the workflow down. Does nothing before the connection is opened: the caller of {@link #open} shuts down
     * afterwards if necessary.
     */
    void shutDown(Shutdown how) {
        WorkflowRun followed = run;
        if (followed != null) {
            followed.shutDown(how);
        }
    }

    /** Stops following the workflow. */
    void close() {
        WorkflowRun followed = run;
        if (followed != null) {
            followed.close();
        }
    }

    /** Returns the address of the cluster. */
    String server() {
        return Objects.requireNonNull(cluster).gateway().server();
    }

    Optional<String> refusal() {
        return connector.refusal(Objects.requireNonNull(cluster), record.namespace);
    }

    /** Returns a text for the build's log, without the address of a configured cluster. */
    String forLog(String text) {
        StepCluster connected = cluster;
        return connected == null ? text : connected.forLog(text);
    }

    /** Returns the workflow's page in Argo's user interface; "" if no Argo Server is configured. */
    String page(WorkflowState state) {
        return Objects.requireNonNull(cluster).workflowPage(state.namespace(), state.name(), state.uid());
    }
}
