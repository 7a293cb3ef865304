package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.follow.Followers;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.LogArchive;
import io.jenkins.plugins.argopreflight.engine.submit.LogTails;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.Submitter;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for one workflow, in a process of its own. */
final class Wait implements WorkflowRunListener, AutoCloseable {

    private static final Duration PICKUP = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** How long an aborted process can take: as long as it waits for the workflow, and to write what came of it. */
    static final Duration LAST = GRACE.multipliedBy(2).plusSeconds(5);

    /** They end with the process: what closes connections can still run. */
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(Wait::daemon);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(Wait::daemon);

    /**
     * The logs of a workflow's containers.
     *
     * @param shown whether they are read and printed
     * @param executorLines whether lines of Argo's executor are printed too
     * @param tails keeps their last lines
     */
    record Logs(boolean shown, boolean executorLines, LogTails tails) {
        static final Logs NONE = new Logs(false, false, new LogTails());
    }

    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Optional<Shutdown> onAbort;
    private final Supplier<Optional<Diagnosis>> diagnosis;
    private final Terminal terminal;
    private final WorkflowRun run;
    private volatile ObjectNode workflow;
    private volatile boolean hopeless;
    private volatile boolean shutDown;
    private volatile boolean deleted;

    /**
     * Begins.
     *
     * @param archive of logs; empty for none
     * @param onAbort what to do with the workflow when this thread is interrupted, and when the workflow cannot go on
     * @param diagnosis prints what it finds; empty when it could not check
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
        record.namespace = Objects.namespace(created);
        record.name = Objects.name(created);
        record.uid = Objects.uid(created);
        record.stoppedBy = "argo-preflight submit";
        run = follow(cluster, record, logs, archive, this);
    }

    /** Follows in threads that end with the process. */
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

    /** The exit code. */
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

    /** As it was seen last. */
    ObjectNode workflow() {
        return workflow;
    }

    /** Whether it no longer exists. */
    boolean isDeleted() {
        return deleted;
    }

    /** Whether it was shut down here: on an abort, or because of what the diagnosis found. */
    boolean isShutDown() {
        return shutDown;
    }

    /**
     * Creates the workflow in a thread that an abort does not interrupt, so that it is known afterwards whether the
     * workflow exists; this thread is still interrupted then.
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

    private int exit(End how) {
        return switch (how.how()) {
            case COMPLETED -> hopeless || WorkflowState.of(workflow).isFailed() ? Exit.FINDINGS : Exit.OK;
            case DELETED, RECREATED -> {
                deleted = true;
                say("Someone deleted workflow " + name()
                        + (how.how() == How.RECREATED ? "; another workflow has its name now" : ""));
                yield Exit.FINDINGS;
            }
            case LOST -> {
                terminal.say("Workflow " + name() + " cannot be followed any more and can still be running: "
                        + how.failure().map(Throwable::getMessage).orElse(""));
                yield Exit.COULD_NOT_CHECK;
            }
        };
    }

    /** Until the workflow has ended: the process is kept for {@link #LAST} by its shutdown hook. */
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

    /** Then with Terminate after a while; the wait ends when the workflow has, or after twice that time. */
    private void shutDown(Shutdown how) {
        shutDown = true;
        run.shutDown(how);
        TIMER.schedule(() -> run.shutDown(Shutdown.TERMINATE), GRACE.toSeconds(), TimeUnit.SECONDS);
        TIMER.schedule(this::giveUp, 2 * GRACE.toSeconds(), TimeUnit.SECONDS);
    }

    private String name() {
        return Objects.namespace(workflow) + "/" + Objects.name(workflow);
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
        WORKERS.execute(this::lookCloser);
    }

    /** A workflow that cannot go on is shut down as on an abort, and waited for. */
    private synchronized void lookCloser() {
        if (hopeless
                || exit.isDone()
                || !diagnosis.get().map(Diagnosis::isPermanent).orElse(false)) {
            return;
        }
        hopeless = true;
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
    public void ended(End how) {
        exit.complete(exit(how));
    }

    @Override
    public void close() {
        run.close();
    }
}
