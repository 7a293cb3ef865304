package io.jenkins.plugins.argopreflight.step.submit;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
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

/** Where a workflow runs, and how it is followed there; it can be opened again. */
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
     * Connects with what is configured now, and follows.
     *
     * @param delayed whether it was said that the workflow cannot be followed at the moment
     */
    void open(WorkflowRunListener listener, boolean delayed) throws IOException, InterruptedException {
        try (StepCluster found = connector.connect(Timeouts.DEFAULT)) {
            cluster = found;
            view.hide(found.hiddenServer());
            run = WorkflowRun.follow(
                    () -> found.gateway().live().orElseThrow(),
                    record,
                    FollowedWorkflows.setting(order.logs)
                            .with(archive(found))
                            .keeping(view.tails())
                            .executorLines(order.executorLogs)
                            .delayed(delayed),
                    listener);
        }
    }

    /** It is asked seldom, and connects each time. */
    private static Optional<LogArchive> archive(StepCluster found) {
        boolean none = found.configuration()
                .map(each -> each.getArgoServer().isEmpty())
                .orElse(true);
        return none
                ? Optional.empty()
                : Optional.of((log, lines) -> {
                    try (ArgoServer server = found.argo().connect().orElseThrow()) {
                        return server.log(log, lines);
                    } catch (IOException | KubeconfigException e) {
                        throw new ClusterException(ClusterException.Kind.INVALID, String.valueOf(e.getMessage()), e);
                    }
                });
    }

    /** Nothing before it was opened: who opens it looks whether it is to be shut down. */
    void shutDown(Shutdown how) {
        WorkflowRun followed = run;
        if (followed != null) {
            followed.shutDown(how);
        }
    }

    /** Follows no longer. */
    void close() {
        WorkflowRun followed = run;
        if (followed != null) {
            followed.close();
        }
    }

    /** Its address. */
    String server() {
        return Objects.requireNonNull(cluster).gateway().server();
    }

    Optional<String> refusal() {
        return connector.refusal(Objects.requireNonNull(cluster), record.namespace);
    }

    /** A text as a build's log can have it. */
    String forLog(String text) {
        StepCluster found = cluster;
        return found == null ? text : found.forLog(text);
    }

    /** Its page in Argo's user interface; "" where none is configured. */
    String page(WorkflowState state) {
        return Objects.requireNonNull(cluster).workflowPage(state.namespace(), state.name(), state.uid());
    }
}
