package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.End;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener.How;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Follower;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Following;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Subject;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.SerialExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A submitted workflow that is followed to its end: the run reports what happens, and shuts the workflow down on
 * request.
 */
public final class WorkflowRun implements Follower {

    /** The time to wait for the logs of a workflow that has ended. */
    private static final Duration LAST_LOGS = Duration.ofSeconds(60);

    private static final Duration LAST_LOGS_OF_STOPPED = Duration.ofSeconds(5);
    private static final Duration SEND_AGAIN = Duration.ofSeconds(3);

    private final RunRecord record;
    private final WorkflowRunListener listener;
    private final SerialExecutor serial;
    private final ScheduledExecutorService timer;
    private final ProgressCheck progress;
    private final NodeChanges nodes;
    private final LiveCluster cluster;
    private final Optional<ContainerLogs> logs;
    private Following following = () -> {};
    private Optional<ObjectNode> workflow = Optional.empty();
    private Optional<Shutdown> sending = Optional.empty();
    /** True after a report that the cluster does not answer. */
    private boolean delayed;

    private String shutdownSeen = "";
    /** The kind of end, while the last lines of the logs are read. */
    private Optional<How> ending = Optional.empty();

    private boolean ended;

    /**
     * The settings and resources of a run.
     *
     * @param logs whether container logs are read
     * @param pickup the time without progress after which a diagnosis is due
     * @param archive the archive of logs; empty if there is none
     * @param tails keeps the last lines of the logs
     * @param executorLines whether lines are shown that Argo's executor writes into the containers' logs
     * @param delayed whether a report was made already that the workflow cannot be followed at the moment
     */
    public record Setting(
            Followers followers,
            Executor workers,
            ScheduledExecutorService timer,
            boolean logs,
            Duration pickup,
            Optional<LogArchive> archive,
            LogTails tails,
            boolean executorLines,
            boolean delayed) {

        public Setting(
                Followers followers, Executor workers, ScheduledExecutorService timer, boolean logs, Duration pickup) {
            this(
                    followers,
                    workers,
                    timer,
                    logs,
                    pickup,
                    Optional.empty(),
                    new LogTails(),
                    /* executorLines= */ false,
                    /* delayed= */ false);
        }

        /** Returns this setting with archived logs. */
        public Setting with(Optional<LogArchive> logArchive) {
            return new Setting(followers, workers, timer, logs, pickup, logArchive, tails, executorLines, delayed);
        }

        /** Returns this setting with a place for the last lines of the logs. */
        public Setting keeping(LogTails lines) {
            return new Setting(followers, workers, timer, logs, pickup, archive, lines, executorLines, delayed);
        }

        /** Returns this setting with or without the lines of Argo's executor. */
        public Setting executorLines(boolean shown) {
            return new Setting(followers, workers, timer, logs, pickup, archive, tails, shown, delayed);
        }

        /**
         * Returns this setting with whether a report was made already that the workflow cannot be followed at the
         * moment.
         */
        public Setting delayed(boolean known) {
            return new Setting(followers, workers, timer, logs, pickup, archive, tails, executorLines, known);
        }
    }

    private WorkflowRun(
            Supplier<LiveCluster> connect, RunRecord record, Setting setting, WorkflowRunListener listener) {
        this.record = record;
        this.listener = listener;
        this.serial = new SerialExecutor(setting.workers(), this::failed);
        this.timer = setting.timer();
        this.delayed = setting.delayed();
        this.progress = new ProgressCheck(setting.pickup(), this::later, listener);
        this.nodes = new NodeChanges(record);
        this.cluster = connect.get();
        this.logs = setting.logs()
                ? Optional.of(new ContainerLogs(
                        cluster,
                        record,
                        serial,
                        timer,
                        listener::say,
                        this::logEnded,
                        this::endLost,
                        setting.archive(),
                        setting.tails(),
                        setting.executorLines()))
                : Optional.empty();
    }

    /**
     * Begins to follow a workflow.
     *
     * @param connect connects to the cluster with the run's own credential and limits. It is called twice before the
     *     method returns; the run closes both connections
     * @param record the record of the workflow, which exists
     */
    public static WorkflowRun follow(
            Supplier<LiveCluster> connect, RunRecord record, Setting setting, WorkflowRunListener listener) {
        WorkflowRun run = new WorkflowRun(connect, record, setting, listener);
        LiveCluster watched = connect.get();
        run.serial.execute(() -> run.following =
                setting.followers().follow(watched, new Subject(record.namespace, record.name, record.uid), run));
        run.serial.execute(run.progress::begin);
        return run;
    }

    /**
     * Shuts the workflow down, and tries again while the cluster does not answer. The listener gets the result, and the
     * end of the workflow as always.
     */
    public void shutDown(Shutdown how) {
        serial.execute(() -> {
            if (!sending.equals(Optional.of(how))) {
                sending = Optional.of(how);
                send(how, Attempt.FIRST);
            }
        });
    }

    /** An attempt to shut the workflow down. The listener is notified only of the failure of the first one. */
    private enum Attempt {
        FIRST,
        LATER
    }

    private void send(Shutdown how, Attempt attempt) {
        if (ended || !sending.equals(Optional.of(how))) {
            return;
        }
        String name = record.workflow();
        try {
            boolean sent = how.send(cluster, record.namespace, record.name, record.uid, record.stoppedBy);
            synchronized (record) {
                record.shutdown = sent ? how.value() : record.shutdown;
            }
            sending = Optional.empty();
            listener.note(sent ? how.value() + " sent to workflow " + name : "Workflow " + name + " has ended already");
            if (sent) {
                listener.sent(how);
            } else if (ending.isPresent()) {
                endIn(LAST_LOGS_OF_STOPPED);
            }
        } catch (ClusterException e) {
            boolean again = e.kind().maybeApplied();
            if (attempt == Attempt.FIRST) {
                listener.note(how.value() + " could not be sent to workflow " + name + (again ? ", trying again" : "")
                        + ": " + e.getMessage());
            }
            if (again) {
                later(SEND_AGAIN, () -> send(how, Attempt.LATER));
            } else {
                sending = Optional.empty();
            }
        }
    }

    /** Stops following. The workflow runs on, and the listener is not called any more. */
    public void close() {
        serial.execute(() -> {
            ended = true;
            release();
        });
    }

    @Override
    public Optional<String> refusal() {
        return listener.refusal();
    }

    @Override
    public void changed(ObjectNode object) {
        serial.execute(() -> update(object));
    }

    private void update(ObjectNode object) {
        if (ended || ending.isPresent()) {
            return;
        }
        if (delayed) {
            delayed = false;
            listener.note("The cluster answers again");
        }
        WorkflowState state = WorkflowState.of(object);
        workflow = Optional.of(state.isEnded() ? WorkflowState.unpacked(object) : object);
        noteShutdown(state);
        // The thread that stores the record under its lock stores exactly what was shown.
        synchronized (record) {
            record.uid = state.uid();
            nodes.lines(state).forEach(listener::say);
        }
        logs.ifPresent(read -> read.follow(workflow.orElseThrow(), state));
        listener.changed(workflow.get());
        progress.changed(object, state);
        if (state.isEnded()) {
            endAfterLogs(How.COMPLETED);
        }
    }

    private void endAfterLogs(How how) {
        progress.end();
        ending = Optional.of(how);
        logEnded();
        if (!ended) {
            listener.logsRemain();
            endIn(record.shutdown.isEmpty() ? LAST_LOGS : LAST_LOGS_OF_STOPPED);
        }
    }

    private void endIn(Duration wait) {
        later(wait, () -> {
            String why = "it did not end in " + wait.toSeconds() + " s after the workflow";
            logs.filter(read -> !ended).ifPresent(read -> read.giveUp(why));
            end(ending.orElseThrow(), Optional.empty());
        });
    }

    private void noteShutdown(WorkflowState state) {
        if (!state.shutdown().equals(shutdownSeen)) {
            shutdownSeen = state.shutdown();
            // After Terminate, the value can still be the Stop before it.
            boolean own = shutdownSeen.equals(record.shutdown) || record.shutdown.equals(Shutdown.TERMINATE.value());
            if (!shutdownSeen.isEmpty() && !own) {
                listener.note("Someone else shut the workflow down (spec.shutdown: " + shutdownSeen + ")");
            }
        }
    }

    private void logEnded() {
        if (ending.isPresent() && logs.map(ContainerLogs::areRead).orElse(true)) {
            end(ending.get(), Optional.empty());
        }
    }

    @Override
    public void gone(Optional<ObjectNode> other) {
        serial.execute(() -> {
            if (!ended && ending.isEmpty()) {
                // The pods of a deleted workflow get up to 30 s to end, and write until then.
                logs.ifPresent(ContainerLogs::nodesEnded);
                endAfterLogs(other.isPresent() ? How.RECREATED : How.DELETED);
            }
        });
    }

    @Override
    public void delayed(ClusterException why) {
        serial.execute(() -> {
            if (!delayed && !ended) {
                delayed = true;
                listener.note(
                        "The workflow cannot be followed at the moment, and is looked for again: " + why.getMessage());
            }
        });
    }

    @Override
    public void lost(ClusterException why) {
        serial.execute(() -> endLost(why));
    }

    private void endLost(ClusterException why) {
        if (ending.isEmpty()) {
            end(How.LOST, Optional.of(why));
        }
    }

    private void end(How how, Optional<ClusterException> failure) {
        if (!ended) {
            ended = true;
            release();
            listener.ended(new End(how, workflow, failure));
        }
    }

    private void failed(Throwable why) {
        endLost(ClusterException.internal(why));
    }

    private void release() {
        progress.end();
        try (LiveCluster last = cluster) {
            following.close();
            logs.ifPresent(ContainerLogs::close);
        }
    }

    private void later(Duration pause, Runnable task) {
        timer.schedule(() -> serial.execute(task), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
