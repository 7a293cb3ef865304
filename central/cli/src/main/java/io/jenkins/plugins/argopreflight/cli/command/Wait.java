package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.follow.Followers;
import io.jenkins.plugins.argopreflight.engine.submit.RunListener;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Waits for one workflow, in a process of its own. */
final class Wait implements RunListener, AutoCloseable {

    private static final Duration PICKUP = Duration.ofSeconds(60);

    /** They end with the process: what closes connections may still run. */
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(Wait::daemon);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(Wait::daemon);

    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final ClusterGateway cluster;
    private final Optional<Shutdown> onAbort;
    private final Terminal terminal;
    private final WorkflowRun run;
    private volatile ObjectNode workflow;

    /** @param onAbort what to do with the workflow when this thread is interrupted */
    Wait(ClusterGateway cluster, ObjectNode created, boolean logs, Optional<Shutdown> onAbort, Terminal terminal) {
        this.cluster = cluster;
        this.onAbort = onAbort;
        this.terminal = terminal;
        this.workflow = created;
        RunRecord record = new RunRecord();
        record.namespace = Objects.namespace(created);
        record.name = Objects.name(created);
        record.uid = Objects.uid(created);
        run = WorkflowRun.follow(
                () -> cluster.live().orElseThrow(),
                record,
                new WorkflowRun.Setting(new Followers(WORKERS, TIMER), WORKERS, TIMER, logs, PICKUP),
                this);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "follow");
        thread.setDaemon(true);
        return thread;
    }

    /** The exit code. */
    int untilEnd() {
        try {
            return exit(end.get());
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

    private int exit(End how) {
        return switch (how.how()) {
            case COMPLETED -> WorkflowState.of(workflow).isFailed() ? Exit.FINDINGS : Exit.OK;
            case DELETED, RECREATED -> {
                say("Someone deleted workflow " + name()
                        + (how.how() == How.RECREATED ? "; another workflow has its name now" : ""));
                yield Exit.FINDINGS;
            }
            case LOST -> {
                say("Workflow " + name() + " cannot be followed any more and may still run: "
                        + how.failure().map(Throwable::getMessage).orElse(""));
                yield Exit.COULD_NOT_CHECK;
            }
        };
    }

    /** The process ends in a moment, so this does not wait for the workflow. */
    private void abort() {
        run.close();
        if (onAbort.isEmpty()) {
            say("Workflow " + name() + " runs on (--on-abort leave)");
            return;
        }
        try (LiveCluster live = cluster.live().orElseThrow()) {
            Shutdown how = onAbort.get();
            boolean sent = how.send(live, Objects.namespace(workflow), Objects.name(workflow), Objects.uid(workflow));
            say(sent ? how.value() + " sent to workflow " + name() : "Workflow " + name() + " has ended already");
        } catch (ClusterException e) {
            say("Workflow " + name() + " could not be stopped and may still run: " + e.getMessage());
        }
    }

    private String name() {
        return Objects.namespace(workflow) + "/" + Objects.name(workflow);
    }

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
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
    }

    @Override
    public void ended(End how) {
        end.complete(how);
    }

    @Override
    public void close() {
        run.close();
    }
}
