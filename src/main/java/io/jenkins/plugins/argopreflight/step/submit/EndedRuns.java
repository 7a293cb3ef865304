package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.Submitter;
import io.jenkins.plugins.argopreflight.step.BuildName;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.EndedWork;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * The clean-up of workflows whose build has ended. It ends a workflow that its step did not end, as the step's onAbort
 * requests; if Stop does not end it, Terminate follows. It gives up after a day. Records of workflows that need nothing
 * more are deleted.
 */
@Extension
public class EndedRuns extends EndedWork<StoredRun> {

    private static final Logger LOGGER = Logger.getLogger(EndedRuns.class.getName());
    private static final Duration GIVE_UP = Duration.ofDays(1);

    /**
     * The time for exit handlers after Stop. It is shorter than the minute between two rounds; each build that ends can
     * start a further round.
     */
    private static final Duration GRACE = Duration.ofSeconds(50);

    /** The time since which Stop is known to be sent to the workflow of a run, by this controller or by others. */
    private final Map<String, Instant> stopped = new HashMap<>();

    /** The time of the first failed attempt for a run. */
    private final Map<String, Instant> firstFailures = new HashMap<>();

    public EndedRuns() {
        super("Argo Preflight workflows of builds that have ended");
    }

    @Override
    protected List<StoredRun> records() throws IOException {
        return Runs.store().all();
    }

    @Override
    protected String build(StoredRun run) {
        return run.build;
    }

    @Override
    protected boolean isEnded(StoredRun run) {
        return run.ended;
    }

    @Override
    protected void end(StoredRun run, TaskListener listener, Instant now) throws IOException, InterruptedException {
        Optional<Shutdown> onAbort = OnAbort.of(run.onAbort).shutdown();
        boolean isFinished = run.outcome != null && !run.ended;
        if (isFinished || onAbort.isEmpty()) {
            forget(run);
            return;
        }
        PrintStream log = new StepLog(listener.getLogger());
        RunRecord record = run.record;
        ClusterConnector connector = ClusterConnector.afterBuild(
                ClusterChoice.of(run.cluster),
                ClusterUse.JUDGE,
                BuildName.run(run.build),
                BuildName.item(run.build),
                log);
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT);
                LiveCluster live = cluster.gateway().live().orElseThrow()) {
            cluster.checkWrites();
            Optional<ObjectNode> found =
                    new Submitter(cluster.gateway()).find(record.namespace, record.name, record.id);
            String description = "Workflow " + record.workflow() + " of build " + run.build;
            if (found.isEmpty() || WorkflowState.of(found.get()).isEnded()) {
                log.println(description + " has ended");
                forget(run);
            } else if (shutDown(run, onAbort.get(), found.get(), live, log, description, now)) {
                forget(run);
            }
        } catch (IOException | RuntimeException e) {
            log.println(e.getMessage());
            Instant firstFailure = firstFailures.computeIfAbsent(record.id, any -> now);
            if (firstFailure.plus(GIVE_UP).isBefore(now)) {
                LOGGER.warning(() -> "Workflow " + record.workflow() + " of build " + run.build
                        + " could not be ended for a day and is forgotten: it can still be running");
                forget(run);
            }
        }
    }

    /** Sends the shutdown. Returns whether nothing more is to be done. */
    private boolean shutDown(
            StoredRun run,
            Shutdown how,
            ObjectNode workflow,
            LiveCluster live,
            PrintStream log,
            String description,
            Instant now) {
        String requested = WorkflowState.of(workflow).shutdown();
        if (requested.equals(Shutdown.TERMINATE.value())) {
            return true;
        }
        boolean isStopped = requested.equals(Shutdown.STOP.value());
        if (isStopped
                && stopped.computeIfAbsent(run.record.id, any -> now)
                        .plus(GRACE)
                        .isAfter(now)) {
            return false;
        }
        Shutdown next = isStopped ? Shutdown.TERMINATE : how;
        boolean sent =
                next.send(live, run.record.namespace, run.record.name, KubeObjects.uid(workflow), AbortReason.by(run));
        log.println(description + (sent ? ": " + next.value() + " sent" : " has ended"));
        if (sent && next == Shutdown.STOP) {
            stopped.put(run.record.id, now);
        }
        return !sent || next == Shutdown.TERMINATE;
    }

    private void forget(StoredRun run) throws IOException {
        stopped.remove(run.record.id);
        firstFailures.remove(run.record.id);
        Runs.store().delete(run.record.id);
    }
}
