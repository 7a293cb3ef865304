package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.SubmittedResult;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
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

/** A submitted workflow that a step follows until the step ends. */
final class FollowedRun implements WorkflowRunListener {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(2);
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(20);
    private static final int MAX_RECONNECTS = 15;
    private static final Duration LAST_DIAGNOSIS_TIMEOUT = Duration.ofSeconds(10);

    private final SubmitOrder order;
    private final StoredRun stored;
    private final ClusterConnector connector;
    private final StepContext context;
    private final RunJournal journal;
    private final RunView view;
    private final RunConnection connection;
    private volatile @Nullable Throwable aborted;
    private boolean shutdownSent;
    private boolean workflowEnded;
    private volatile boolean stepEnded;
    /** The number of attempts to connect since the last state of the workflow. */
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

    /** Connects and begins to follow the workflow, and returns without waiting for it. */
    synchronized void begin() throws IOException, InterruptedException {
        connect();
        if (aborted != null) {
            FollowedWorkflows.later(GRACE.multipliedBy(2), this::giveUpUnsent, this::endWithFailure);
        }
        FollowedWorkflows.later(SAVE_INTERVAL, this::save, this::endWithFailure);
        if (order.timeoutMinutes > 0) {
            Instant end = Instant.ofEpochSecond(stored.created).plus(Duration.ofMinutes(order.timeoutMinutes));
            FollowedWorkflows.later(
                    Duration.between(Instant.now(), end),
                    () -> abort(new AbortException(view.late(order.timeoutMinutes))),
                    this::endWithFailure);
        }
    }

    private void connect() throws IOException, InterruptedException {
        connection.open(this, reconnects > 0);
        if (aborted != null) {
            OnAbort.of(order.onAbort).shutdown().ifPresent(connection::shutDown);
        }
    }

    /**
     * Ends the workflow. The first call does so as onAbort requests, and sends Terminate after a while; a second call
     * sends Terminate at once.
     */
    synchronized void abort(Throwable cause) {
        if (stepEnded) {
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
            endWithFailure(cause);
            return;
        }
        OnAbort.of(order.onAbort).shutdown().ifPresent(connection::shutDown);
        FollowedWorkflows.later(GRACE.multipliedBy(2), this::giveUpUnsent, this::endWithFailure);
    }

    /**
     * Starts the time for exit handlers. It begins when the shutdown was sent, even if the API server did not answer
     * for a while before.
     */
    @Override
    public synchronized void sent(Shutdown how) {
        if (!shutdownSent) {
            shutdownSent = true;
            // The diagnosis shows why the workflow has not ended yet, before Terminate hides it.
            FollowedWorkflows.later(GRACE.dividedBy(2), this::diagnoseStop, this::endWithFailure);
            Duration grace = view.hasExitHandler() ? GRACE.multipliedBy(2) : GRACE;
            FollowedWorkflows.later(grace, () -> connection.shutDown(Shutdown.TERMINATE), this::endWithFailure);
            FollowedWorkflows.later(grace.plus(GRACE), this::giveUp, this::endWithFailure);
        }
    }

    private void diagnoseStop() {
        if (!stepEnded) {
            view.diagnose(SharedReads.separateRun());
        }
    }

    /** Ends the step before the workflow has ended, if the shutdown could not be sent. */
    private synchronized void giveUpUnsent() {
        if (!shutdownSent) {
            giveUp();
        }
    }

    /** Ends the step before the workflow has ended. */
    private synchronized void giveUp() {
        // If the workflow has ended and only its last log lines are read, the step ends by itself.
        if (stepEnded || workflowEnded) {
            return;
        }
        say(RunView.unended(stored.record));
        stored.onAbort = shutdownSent ? OnAbort.TERMINATE.word() : order.onAbort;
        endWithFailure(java.util.Objects.requireNonNull(aborted));
    }

    @Override
    public synchronized void logsRemain() {
        workflowEnded = true;
    }

    @Override
    public Optional<String> refusal() {
        return connection.refusal();
    }

    /**
     * Prints a sentence, in which parameters of the step replace options of the command line. Lines of containers are
     * not changed.
     */
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
        FollowedWorkflows.look(connection.server(), this, this::endIfStuck, this::endWithFailure);
    }

    private void endIfStuck(SharedReads.Run reads) {
        diagnose(reads).flatMap(view::stuck).ifPresent(this::abort);
    }

    private Optional<StepDiagnosis.Found> diagnose(SharedReads.Run reads) {
        return stepEnded || aborted != null ? Optional.empty() : view.diagnose(reads);
    }

    @Override
    public synchronized void ended(End end) {
        if (stepEnded) {
            return;
        }
        workflowEnded = end.how() != How.LOST;
        try {
            switch (end.how()) {
                case COMPLETED -> completed(end.workflow().orElseThrow());
                case DELETED -> fail(view.deleted());
                case RECREATED -> fail(Messages.Submit_recreated(view.deleted()));
                case LOST -> lost(end.failure().orElseThrow());
            }
        } catch (Throwable e) {
            endWithFailure(e);
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
            endWithFailure(aborted);
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

    /** Diagnoses the workflow of an aborted build. The step does not wait long for a cluster that does not answer. */
    private void diagnoseStopped(Throwable cause) {
        FollowedWorkflows.later(LAST_DIAGNOSIS_TIMEOUT, () -> endWithFailure(cause), this::endWithFailure);
        work(() -> {
            view.diagnoseStopped(SharedReads.separateRun());
            endWithFailure(cause);
        });
    }

    private void diagnoseLater(Consumer<String> ending) {
        work(() -> {
            Optional<StepDiagnosis.Found> found = diagnose(SharedReads.separateRun());
            synchronized (this) {
                ending.accept(found.map(StepDiagnosis.Found::cause).orElse(""));
            }
        });
    }

    /** Connects again after a lost connection, with the current credentials, which were possibly replaced. */
    private synchronized void lost(ClusterException reason) {
        if (reason.kind() == ClusterException.Kind.NOT_ALLOWED || aborted != null || ++reconnects > MAX_RECONNECTS) {
            fail(RunView.lost(stored) + ": " + reason.getMessage());
            return;
        }
        if (reconnects == 1) {
            say(RunView.delayed(stored.record, reason, RECONNECT_PAUSE));
        }
        FollowedWorkflows.later(RECONNECT_PAUSE, this::reconnect, this::endWithFailure);
    }

    private synchronized void reconnect() {
        if (stepEnded) {
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
        FollowedWorkflows.work(task, this::endWithFailure);
    }

    private void fail(String sentence) {
        endWithFailure(new AbortException(connection.forLog(sentence)));
    }

    /** Ends the step with a failure. Callers catch Errors as well, since a step that does not end blocks its build. */
    private void endWithFailure(Throwable reason) {
        Throwable failure = StepFailure.presentable(aborted == null ? reason : aborted);
        end(StoredRun.Outcome.failure(String.valueOf(failure.getMessage())), failure);
    }

    private synchronized void end(StoredRun.Outcome outcome, @Nullable Throwable failure) {
        if (stepEnded) {
            return;
        }
        stepEnded = true;
        stored.outcome = outcome;
        if (!workflowEnded) {
            connection.close();
            // EndedRuns continues until the workflow has ended.
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
        if (!stepEnded && !journal.isBuilding()) {
            // The build was killed. EndedRuns cleans up.
            stepEnded = true;
            connection.close();
        }
        if (!stepEnded) {
            if (journal.takeChanged()) {
                view.show();
                journal.store();
            }
            FollowedWorkflows.later(SAVE_INTERVAL, this::save, this::endWithFailure);
        }
    }
}
