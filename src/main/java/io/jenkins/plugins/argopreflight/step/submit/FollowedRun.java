package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.SharedReads;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.SubmittedResult;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.FollowedWorkflows;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepFailure;
import io.jenkins.plugins.argopreflight.step.diagnose.StepDiagnosis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** A workflow that was submitted, from then to the end of its step. */
final class FollowedRun implements WorkflowRunListener {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration SAVE = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofSeconds(20);
    private static final int RECONNECTS = 15;
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private final SubmitOrder order;
    private final StoredRun stored;
    private final ClusterConnector connector;
    private final StepContext context;
    private final RunJournal journal;
    private final RunView view;
    private final RunConnection connection;
    private volatile @Nullable Throwable aborted;
    private boolean shutdownTaken;
    private boolean workflowOver;
    private volatile boolean over;
    /** Attempts since the workflow was seen last. */
    private volatile int reconnects;

    FollowedRun(SubmitOrder order, StoredRun stored, ClusterConnector connector, StepContext context)
            throws IOException, InterruptedException {
        this.order = order;
        this.stored = stored;
        this.connector = connector;
        this.context = context;
        this.aborted = AbortReason.of(stored);
        this.journal = new RunJournal(stored, context);
        this.view = new RunView(order, stored.record, connector, context);
        view.because(aborted);
        this.connection = new RunConnection(connector, stored.record, order, view);
    }

    /** Connects and follows; returns at once. */
    synchronized void begin() throws IOException, InterruptedException {
        connect();
        if (aborted != null) {
            FollowedWorkflows.later(GRACE.multipliedBy(2), () -> giveUp(false), this::broken);
        }
        FollowedWorkflows.later(SAVE, this::save, this::broken);
        if (order.timeoutMinutes > 0) {
            Instant end = Instant.ofEpochSecond(stored.created).plus(Duration.ofMinutes(order.timeoutMinutes));
            FollowedWorkflows.later(
                    Duration.between(Instant.now(), end),
                    () -> abort(new AbortException(view.late(order.timeoutMinutes))),
                    this::broken);
        }
    }

    private void connect() throws IOException, InterruptedException {
        connection.open(this, reconnects > 0);
        if (aborted != null) {
            OnAbort.of(order.onAbort).shutdown().ifPresent(connection::shutDown);
        }
    }

    /** The first time as onAbort says, then with Terminate after a while; the second time with Terminate at once. */
    synchronized void abort(Throwable cause) {
        if (over) {
            return;
        }
        if (aborted != null) {
            connection.shutDown(Shutdown.TERMINATE);
            return;
        }
        aborted = cause;
        view.because(cause);
        stored.aborted = AbortReason.toText(cause);
        stored.record.stoppedBy = AbortReason.by(stored, cause);
        journal.store();
        if (OnAbort.of(order.onAbort).shutdown().isEmpty()) {
            say(Messages.Submit_runsOn(stored.record.workflow()));
            broken(cause);
            return;
        }
        OnAbort.of(order.onAbort).shutdown().ifPresent(connection::shutDown);
        FollowedWorkflows.later(GRACE.multipliedBy(2), () -> giveUp(false), this::broken);
    }

    /** From here on exit handlers have their time: an API server that did not answer before takes none of it. */
    @Override
    public synchronized void sent(Shutdown how) {
        if (!shutdownTaken) {
            shutdownTaken = true;
            // Why the workflow has not ended yet, before Terminate hides it.
            FollowedWorkflows.later(GRACE.dividedBy(2), this::diagnoseStop, this::broken);
            Duration grace = view.hasExitHandler() ? GRACE.multipliedBy(2) : GRACE;
            FollowedWorkflows.later(grace, () -> connection.shutDown(Shutdown.TERMINATE), this::broken);
            FollowedWorkflows.later(grace.plus(GRACE), () -> giveUp(true), this::broken);
        }
    }

    private void diagnoseStop() {
        if (!over) {
            view.diagnose(SharedReads.own());
        }
    }

    /** The step ends before the workflow. */
    private synchronized void giveUp(boolean afterSent) {
        // Where only the last lines of its logs are read, that ends by itself.
        if (over || workflowOver || afterSent != shutdownTaken) {
            return;
        }
        say(RunView.unended(stored.record));
        stored.onAbort = shutdownTaken ? OnAbort.TERMINATE.word() : order.onAbort;
        broken(java.util.Objects.requireNonNull(aborted));
    }

    @Override
    public synchronized void logsRemain() {
        workflowOver = true;
    }

    @Override
    public Optional<String> refusal() {
        return connection.refusal();
    }

    /** A container's line stays as it is; a sentence can name an option of the command line. */
    @Override
    public void note(String sentence) {
        say(Option.inStep(Visible.sentence(sentence)));
    }

    @Override
    public void say(String line) {
        journal.write(connection.forLog(line));
    }

    @Override
    public void changed(ObjectNode workflow) {
        reconnects = 0;
        view.changed(workflow);
        journal.touch();
    }

    @Override
    public void stuck(ObjectNode workflow) {
        FollowedWorkflows.look(connection.server(), this, this::endIfStuck, this::broken);
    }

    private void endIfStuck(SharedReads.Run reads) {
        diagnose(reads).flatMap(view::stuck).ifPresent(this::abort);
    }

    private Optional<StepDiagnosis.Found> diagnose(SharedReads.Run reads) {
        return over || aborted != null ? Optional.empty() : view.diagnose(reads);
    }

    @Override
    public synchronized void ended(End end) {
        if (over) {
            return;
        }
        workflowOver = end.how() != How.LOST;
        try {
            switch (end.how()) {
                case COMPLETED -> completed(end.workflow().orElseThrow());
                case DELETED -> fail(view.deleted());
                case RECREATED -> fail(Messages.Submit_recreated(view.deleted()));
                case LOST -> lost(end.failure().orElseThrow());
            }
        } catch (Throwable e) {
            broken(e);
        }
    }

    private void completed(ObjectNode workflow) {
        String sentence = view.end(workflow);
        say(sentence);
        if (aborted != null || order.archiveOutputs.isEmpty()) {
            conclude(workflow, sentence, "");
        } else {
            work(() -> conclude(
                    workflow,
                    sentence,
                    new ArchivedOutputs(connector, context).problem(workflow, order.archiveOutputs, this::say)));
        }
    }

    private synchronized void conclude(ObjectNode workflow, String sentence, String problem) {
        WorkflowState state = WorkflowState.of(workflow);
        Map<String, Object> result = SubmittedResult.of(workflow, connection.page(state));
        if (aborted instanceof AbortException) {
            broken(aborted);
        } else if (aborted != null) {
            diagnoseStopped(aborted);
        } else if (!state.isFailed() && problem.isEmpty()) {
            end(StoredRun.Outcome.success(result), null);
        } else if (!state.isFailed()) {
            fail(problem);
        } else if (order.unstablePhases.contains(state.phase())) {
            diagnoseLater(cause -> end(StoredRun.Outcome.unstable(result, connection.forLog(sentence)), null));
        } else {
            diagnoseLater(cause -> fail(cause.isEmpty() ? sentence : Messages.Submit_cause(sentence, cause)));
        }
    }

    /** The step of a build that was aborted does not wait long for a cluster that does not answer. */
    private void diagnoseStopped(Throwable cause) {
        FollowedWorkflows.later(LAST_LOOK, () -> broken(cause), this::broken);
        work(() -> {
            view.diagnoseStopped(SharedReads.own());
            broken(cause);
        });
    }

    private void diagnoseLater(Consumer<String> ending) {
        work(() -> {
            Optional<StepDiagnosis.Found> found = diagnose(SharedReads.own());
            synchronized (this) {
                ending.accept(found.map(StepDiagnosis.Found::cause).orElse(""));
            }
        });
    }

    /** A credential can have been replaced meanwhile: the step connects again with what it finds then. */
    private synchronized void lost(ClusterException why) {
        if (why.kind() == ClusterException.Kind.NOT_ALLOWED || aborted != null || ++reconnects > RECONNECTS) {
            fail(RunView.lost(stored) + ": " + why.getMessage());
            return;
        }
        if (reconnects == 1) {
            say(RunView.delayed(stored.record, why, RECONNECT));
        }
        FollowedWorkflows.later(RECONNECT, this::reconnect, this::broken);
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

    private void work(Runnable task) {
        FollowedWorkflows.work(task, this::broken);
    }

    private void fail(String sentence) {
        broken(new AbortException(connection.forLog(sentence)));
    }

    /** Also after an Error: a step that does not end blocks its build. */
    private void broken(Throwable why) {
        Throwable failure = StepFailure.presentable(aborted == null ? why : aborted);
        end(StoredRun.Outcome.failure(String.valueOf(failure.getMessage())), failure);
    }

    private synchronized void end(StoredRun.Outcome outcome, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        over = true;
        stored.outcome = outcome;
        if (!workflowOver) {
            connection.close();
            // Left to EndedRuns, which goes on until the workflow has ended.
            stored.ended = true;
        }
        journal.store();
        try {
            view.show();
            view.describe(failure instanceof AbortException ? outcome.failure : outcome.unstable);
            StepEnding.of(outcome, failure, context, journal.log());
        } catch (Throwable e) {
            context.onFailure(StepFailure.presentable(e));
        }
    }

    private synchronized void save() {
        if (!over && !journal.isBuilding()) {
            // Killed: what is stored is left to EndedRuns.
            over = true;
            connection.close();
        }
        if (!over) {
            if (journal.isNews()) {
                view.show();
                journal.store();
            }
            FollowedWorkflows.later(SAVE, this::save, this::broken);
        }
    }
}
