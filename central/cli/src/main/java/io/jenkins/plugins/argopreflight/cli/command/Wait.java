package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.LogArchive;
import io.jenkins.plugins.argopreflight.engine.submit.LogTails;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.Submitter;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The wait for a workflow in a process of its own. */
final class Wait implements WorkflowRunListener, AutoCloseable {

    private static final Duration PICKUP = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);

    /**
     * The maximum time between an abort and the end of the process: the wait for the workflow, and the output of the
     * result.
     */
    static final Duration LAST = GRACE.multipliedBy(2).plusSeconds(5);

    /** The threads of the wait, which end with the process. Shutdown hooks that close connections can still run. */
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(Wait::daemon);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(Wait::daemon);

    /**
     * The output of the logs of a workflow's containers.
     *
     * @param shown whether they are read and printed
     * @param executorLines whether lines of Argo's executor are printed too
     * @param tails the store of their last lines
     */
    record Logs(boolean shown, boolean executorLines, LogTails tails) {
        static final Logs NONE = new Logs(/* shown= */ false, /* executorLines= */ false, new LogTails());
    }

    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Optional<Shutdown> onAbort;
    private final Supplier<Optional<Diagnosis>> diagnosis;
    private final Terminal terminal;
    private final WorkflowRun run;
    private volatile ObjectNode workflow;
    private volatile boolean cannotContinue;
    private volatile boolean shutDown;
    private volatile boolean deleted;

    /**
     * Begins to follow a workflow.
     *
     * @param archive the archive of logs; empty for none
     * @param onAbort the shutdown of the workflow if this thread is interrupted, or if the workflow cannot continue
     * @param diagnosis diagnoses the workflow and prints the result; empty if nothing could be checked
     */
    Wait(
            ClusterGateway cluster,
            ObjectNode created,
            Logs logs,
            Optional<LogArchive> archive,
            Optional<Shutdown> onAbort,
            Supplier<Optional<Diagnosis>> diagnosis,
            Terminal terminal) {
        this.onAbort = onAbort;
        this.diagnosis = diagnosis;
        this.terminal = terminal;
        this.workflow = created;
        RunRecord record = new RunRecord();
        record.namespace = KubeObjects.namespace(created);
        record.name = KubeObjects.name(created);
        record.uid = KubeObjects.uid(created);
        record.stoppedBy = "argo-preflight submit";
        run = follow(cluster, record, logs, archive, this);
    }

    /** Follows a workflow in threads that end with the process. */
    static WorkflowRun follow(
            ClusterGateway cluster,
            RunRecord record,
            Logs logs,
            Optional<LogArchive> archive,
            WorkflowRunListener listener) {
        return WorkflowRun.follow(
                () -> cluster.live().orElseThrow(),
                record,
                new WorkflowRun.Setting(new Followers(WORKERS, TIMER), WORKERS, TIMER, logs.shown(), PICKUP)
                        .with(archive)
                        .keeping(logs.tails())
                        .executorLines(logs.executorLines()),
                listener);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "follow");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for the end of the workflow, and returns the exit code. */
    int untilEnd() {
        try {
            return exit.get();
        } catch (InterruptedException e) {
            abort();
            return Exit.FINDINGS;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the last known state of the workflow. */
    ObjectNode workflow() {
        return workflow;
    }

    /** Returns whether the workflow was deleted. */
    boolean isDeleted() {
        return deleted;
    }

    /** Returns whether this process shut the workflow down, after an abort or because of a diagnosis. */
    boolean isShutDown() {
        return shutDown;
    }

    /**
     * Creates the workflow in a thread that an abort does not interrupt, so that afterwards it is known whether the
     * workflow exists. The calling thread keeps its interrupted status.
     */
    static ObjectNode create(ClusterGateway cluster, Draft draft, Terminal terminal) {
        CompletableFuture<ObjectNode> created =
                CompletableFuture.supplyAsync(() -> new Submitter(cluster).submit(draft), WORKERS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return created.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    terminal.err()
                            .println("Workflow " + draft.namespace() + "/" + draft.name()
                                    + " is being submitted: waiting for the answer before it is stopped");
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int exit(End end) {
        return switch (end.how()) {
            case COMPLETED -> cannotContinue || WorkflowState.of(workflow).isFailed() ? Exit.FINDINGS : Exit.OK;
            case DELETED, RECREATED -> {
                deleted = true;
                say("Someone deleted workflow " + name()
                        + (end.how() == How.RECREATED ? "; another workflow has its name now" : ""));
                yield Exit.FINDINGS;
            }
            case LOST -> {
                terminal.say("Workflow " + name() + " cannot be followed any more and can still be running: "
                        + end.failure().map(Throwable::getMessage).orElse(""));
                yield Exit.COULD_NOT_CHECK;
            }
        };
    }

    /** Shuts the workflow down and waits for its end. The shutdown hook keeps the process alive for {@link #LAST}. */
    private void abort() {
        if (onAbort.isEmpty()) {
            say("Workflow " + name() + " runs on (--on-abort leave)");
            return;
        }
        shutDown(onAbort.get());
        try {
            exit.get();
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Shuts the workflow down, with Terminate after a while. The wait ends when the workflow has ended, or after twice
     * that time.
     */
    private void shutDown(Shutdown how) {
        shutDown = true;
        run.shutDown(how);
        TIMER.schedule(() -> run.shutDown(Shutdown.TERMINATE), GRACE.toSeconds(), TimeUnit.SECONDS);
        TIMER.schedule(this::giveUp, 2 * GRACE.toSeconds(), TimeUnit.SECONDS);
    }

    private String name() {
        return KubeObjects.namespace(workflow) + "/" + KubeObjects.name(workflow);
    }

    @Override
    public void say(String line) {
        terminal.err().println(line);
    }

    @Override
    public void changed(ObjectNode now) {
        workflow = now;
    }

    @Override
    public void stuck(ObjectNode now) {
        workflow = now;
        WORKERS.execute(this::endIfPermanent);
    }

    /** Shuts a workflow down that cannot continue, as after an abort, and waits for its end. */
    private synchronized void endIfPermanent() {
        if (cannotContinue
                || exit.isDone()
                || !diagnosis.get().map(Diagnosis::isPermanent).orElse(false)) {
            return;
        }
        cannotContinue = true;
        if (onAbort.isEmpty()) {
            say("Workflow " + name() + " cannot go on, and is left as it is (--on-abort leave)");
            exit.complete(Exit.FINDINGS);
            return;
        }
        say("Workflow " + name() + " cannot go on");
        shutDown(onAbort.get());
    }

    private void giveUp() {
        if (exit.complete(Exit.FINDINGS)) {
            say("Workflow " + name() + " has not ended " + 2 * GRACE.toSeconds()
                    + " s after that, and can still be running");
        }
    }

    @Override
    public void ended(End end) {
        exit.complete(exit(end));
    }

    @Override
    public void close() {
        run.close();
    }
}
