package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.model.Computer;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.submit.RunListener;
import io.jenkins.plugins.argopreflight.engine.submit.RunResult;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.FollowedWorkflows;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.UnstableBuild;
import io.jenkins.plugins.argopreflight.step.diagnose.StepDiagnosis;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A workflow that was submitted, from then to the end of its step. */
final class FollowedRun implements RunListener {

    private static final Logger LOGGER = Logger.getLogger(FollowedRun.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration SAVE = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofSeconds(20);
    private static final int RECONNECTS = 15;

    private final SubmitOrder order;
    private final StoredRun stored;
    private final ClusterConnector connector;
    private final StepContext context;
    private final StepLog log;
    private final RunView view;
    private StepCluster cluster;
    private WorkflowRun run;
    private volatile Throwable aborted;
    private int reconnects;
    private volatile boolean changed;
    private boolean over;

    FollowedRun(SubmitOrder order, StoredRun stored, ClusterConnector connector, StepContext context)
            throws IOException, InterruptedException {
        this.order = order;
        this.stored = stored;
        this.connector = connector;
        this.context = context;
        this.log = StepLog.of(context);
        this.view = new RunView(stored.record, connector, context);
    }

    /** Connects and follows; returns at once. */
    synchronized void begin() throws IOException, InterruptedException {
        connect();
        FollowedWorkflows.later(SAVE, this::save);
        if (order.timeoutMinutes > 0) {
            Instant end = Instant.ofEpochSecond(stored.created).plus(Duration.ofMinutes(order.timeoutMinutes));
            Duration left = Duration.between(Clock.systemUTC().instant(), end);
            FollowedWorkflows.later(left.isNegative() ? Duration.ZERO : left, this::timeOver);
        }
    }

    private void connect() throws IOException, InterruptedException {
        try (StepCluster found = connector.connect(Timeouts.DEFAULT)) {
            cluster = found;
            view.hide(found.hiddenServer());
            run = WorkflowRun.follow(
                    () -> found.gateway().live().orElseThrow(),
                    stored.record,
                    FollowedWorkflows.setting(order.logs),
                    this);
        }
        if (aborted != null) {
            shutDown();
        }
    }

    private void timeOver() {
        abort(new AbortException(
                "Workflow " + name() + " has not ended in " + order.timeoutMinutes + " minutes (timeoutMinutes)"));
    }

    /** The first time as onAbort says, then with Terminate after a while; the second time with Terminate at once. */
    synchronized void abort(Throwable cause) {
        if (over) {
            return;
        }
        if (aborted != null) {
            terminate();
            return;
        }
        aborted = cause;
        if (OnAbort.of(order.onAbort).shutdown().isEmpty()) {
            say("Workflow " + name() + " runs on (onAbort: 'leave')");
            run.close();
            end(() -> context.onFailure(cause));
            return;
        }
        shutDown();
        FollowedWorkflows.later(GRACE, this::terminate);
        FollowedWorkflows.later(GRACE.multipliedBy(2), this::giveUp);
    }

    private void shutDown() {
        if (run != null) {
            OnAbort.of(order.onAbort).shutdown().ifPresent(run::shutDown);
        }
    }

    private synchronized void terminate() {
        if (!over && run != null) {
            run.shutDown(Shutdown.TERMINATE);
        }
    }

    private synchronized void giveUp() {
        if (!over) {
            say("Workflow " + name() + " has not ended after Terminate and may still run");
            run.close();
            end(() -> context.onFailure(aborted));
        }
    }

    @Override
    public Optional<String> refusal() {
        return connector.refusal(cluster, stored.record.namespace);
    }

    @Override
    public void say(String line) {
        log.println(cluster.told(line));
        changed = true;
    }

    @Override
    public void changed(ObjectNode workflow) {
        view.changed(workflow);
        changed = true;
    }

    @Override
    public void stuck(ObjectNode workflow) {
        Computer.threadPoolForRemoting.submit(() -> {
            Optional<StepDiagnosis.Found> found = diagnose();
            if (found.isPresent() && found.get().diagnosis().isPermanent()) {
                abort(new AbortException(
                        "Workflow " + name() + " cannot go on: " + found.get().cause()));
            }
        });
    }

    private Optional<StepDiagnosis.Found> diagnose() {
        synchronized (this) {
            if (over || aborted != null) {
                return Optional.empty();
            }
        }
        return view.diagnose();
    }

    @Override
    public synchronized void ended(End end) {
        if (over) {
            return;
        }
        switch (end.how()) {
            case COMPLETED -> completed(end.workflow().orElseThrow());
            case DELETED -> fail("Someone deleted workflow " + name() + " before it had ended");
            case RECREATED ->
                fail("Someone deleted workflow " + name()
                        + " before it had ended, and created another one of this name");
            case LOST -> lost(end.failure().orElseThrow());
        }
    }

    private void completed(ObjectNode workflow) {
        WorkflowState state = WorkflowState.of(workflow);
        String sentence = "Workflow " + name() + " ended in phase " + state.phase()
                + (state.message().isEmpty()
                        ? ""
                        : ": " + state.message().replaceAll("(?<![ \\t])[ \\t]*+\\R\\s*+", " "));
        say(sentence);
        if (aborted != null) {
            end(() -> context.onFailure(aborted));
        } else if (!state.isFailed()) {
            end(() -> context.onSuccess(RunResult.of(workflow, "")));
        } else if (order.unstablePhases.contains(state.phase())) {
            end(() -> {
                UnstableBuild.mark(context, log, cluster.told(sentence));
                context.onSuccess(RunResult.of(workflow, ""));
            });
        } else {
            Computer.threadPoolForRemoting.submit(() -> {
                String cause = diagnose().map(StepDiagnosis.Found::cause).orElse("");
                synchronized (this) {
                    fail(cause.isEmpty() ? sentence : sentence + "; cause: " + cause);
                }
            });
        }
    }

    /** A credential may have been replaced meanwhile: the step connects again with what it finds then. */
    private void lost(ClusterException why) {
        if (why.kind() == ClusterException.Kind.NOT_ALLOWED || aborted != null || ++reconnects > RECONNECTS) {
            fail("Workflow " + name() + " cannot be followed any more and may still run: " + why.getMessage());
            return;
        }
        say("Workflow " + name() + " cannot be followed: " + why.getMessage() + "; connecting again");
        FollowedWorkflows.later(RECONNECT, this::reconnect);
    }

    private synchronized void reconnect() {
        if (over) {
            return;
        }
        try {
            connect();
        } catch (IOException | RuntimeException e) {
            lost(new ClusterException(ClusterException.Kind.UNREACHABLE, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(String sentence) {
        Throwable failure = aborted == null ? new AbortException(cluster.told(sentence)) : aborted;
        end(() -> context.onFailure(failure));
    }

    /** Something that ends the step. */
    private interface Ending {
        void run() throws Exception;
    }

    private void end(Ending ending) {
        if (over) {
            return;
        }
        over = true;
        view.show();
        SubmitExecution.forget(stored.record.id);
        try {
            ending.run();
        } catch (Exception e) {
            context.onFailure(e);
        }
    }

    private synchronized void save() {
        if (over) {
            return;
        }
        if (changed) {
            changed = false;
            view.show();
            try {
                Runs.store().save(stored);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the state of " + name() + " cannot be stored");
            }
        }
        FollowedWorkflows.later(SAVE, this::save);
    }

    private String name() {
        return stored.record.namespace + "/" + stored.record.name;
    }
}
