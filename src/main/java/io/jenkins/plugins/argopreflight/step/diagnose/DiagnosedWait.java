package io.jenkins.plugins.argopreflight.step.diagnose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.BuildSecrets;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.FollowedWorkflows;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepFailure;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.UnstableBuild;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** The wait for a workflow until it has ended, its cause is permanent, or the time is over. */
final class DiagnosedWait implements WorkflowRunListener {

    private final DiagnoseOrder order;
    /** The id of the step's execution, with which its entries on the build's pages are found. */
    private final String owner;

    private final RunRecord record;
    private final ClusterConnector connector;
    private final StepContext context;
    private final StepLog log;
    /** The last diagnosis; null before the first one. */
    private volatile StepDiagnosis.@Nullable Found last;

    private volatile @Nullable StepCluster cluster;
    private @Nullable WorkflowRun run;
    private boolean finished;

    DiagnosedWait(DiagnoseOrder order, String owner, RunRecord record, ClusterConnector connector, StepContext context)
            throws IOException, InterruptedException {
        this.order = order;
        this.owner = owner;
        this.record = record;
        this.connector = connector;
        this.context = context;
        this.log = StepLog.of(context);
    }

    /** Begins to follow the workflow, and returns without waiting for it. */
    synchronized void begin(Instant end) throws IOException, InterruptedException {
        try (StepCluster found = connector.connect(Timeouts.DEFAULT)) {
            cluster = found;
            run = WorkflowRun.follow(
                    () -> found.gateway().live().orElseThrow(),
                    record,
                    FollowedWorkflows.setting(/* logs= */ false),
                    this);
        }
        Duration remaining = Duration.between(Clock.systemUTC().instant(), end);
        FollowedWorkflows.later(remaining.isNegative() ? Duration.ZERO : remaining, this::timeOver, this::finish);
        endIfPermanent();
    }

    @Override
    public Optional<String> refusal() {
        return connector.refusal(cluster(), record.namespace);
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
        log.println(cluster().forLog(line));
    }

    @Override
    public void changed(ObjectNode workflow) {
        // The workflow is diagnosed only when it is blocked or has ended.
    }

    @Override
    public void stuck(ObjectNode workflow) {
        endIfPermanent();
    }

    private void endIfPermanent() {
        if (order.endEarly) {
            FollowedWorkflows.look(cluster().gateway().server(), this, this::endIfPermanent, this::finish);
        }
    }

    private void endIfPermanent(SharedReads.Run reads) {
        look(reads).filter(found -> found.diagnosis().isPermanent()).ifPresent(found -> finish(failure(found)));
    }

    @Override
    public void ended(End end) {
        FollowedWorkflows.work(() -> conclude(end), this::finish);
    }

    private void conclude(End end) {
        Optional<StepDiagnosis.Found> found = look(SharedReads.separateRun());
        synchronized (this) {
            if (end.how() == How.LOST) {
                finish(new AbortException(cluster()
                        .forLog(Messages.Diagnose_lost(
                                record.workflow(),
                                end.failure().map(Throwable::getMessage).orElse("")))));
            } else if (end.how() != How.COMPLETED) {
                finish(new AbortException(Messages.Workflow_deleted(record.workflow())));
            } else if (found.isPresent() && found.get().diagnosis().isFailed()) {
                finish(failure(found.get()));
            } else {
                WorkflowState state = WorkflowState.of(end.workflow().orElseThrow());
                // The workflow could not be diagnosed.
                finish(
                        state.isFailed()
                                ? new AbortException(Messages.Workflow_ended(record.workflow(), state.phase()))
                                : null);
            }
        }
    }

    /** Returns the cluster, which is known after {@link #begin}. */
    private StepCluster cluster() {
        return Objects.requireNonNull(cluster);
    }

    private synchronized boolean isFinished() {
        return finished;
    }

    /** Diagnoses the workflow; empty if that is not possible, or no longer needed. */
    private Optional<StepDiagnosis.Found> look(SharedReads.Run reads) {
        if (isFinished()) {
            return Optional.empty();
        }
        try {
            StepDiagnosis.Found found = new StepDiagnosis(connector, context.get(Run.class), BuildSecrets.of(context))
                    .find(record.namespace, record.name, "", order.logSource(), reads);
            synchronized (this) {
                last = found;
            }
            return Optional.of(found);
        } catch (IOException e) {
            say(Messages.Diagnose_unchecked(Visible.sentence(String.valueOf(e.getMessage()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void timeOver() {
        look(SharedReads.separateRun());
        synchronized (this) {
            if (!finished) {
                markLate();
            }
        }
    }

    private void markLate() {
        try {
            UnstableBuild.mark(context, log, Messages.Diagnose_late(record.workflow(), order.waitMinutes));
            finish(null);
        } catch (IOException e) {
            finish(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish(e);
        }
    }

    synchronized void stop(Throwable cause) {
        finish(cause);
    }

    /** Ends the step. It fails if {@code failure} is not null. */
    private synchronized void finish(@Nullable Throwable failure) {
        if (finished) {
            return;
        }
        finished = true;
        try {
            Objects.requireNonNull(run).close();
            StepDiagnosis.Found found = last;
            if (found != null) {
                log.print(found.lines());
                show(found);
            }
            if (failure == null) {
                context.onSuccess(found == null ? unchecked() : found.data());
            } else {
                StepFailure shown = StepFailure.of(failure);
                if (order.description) {
                    BuildDescription.addFailure(context, owner, DiagnoseStep.FUNCTION, shown);
                }
                context.onFailure(shown.throwable());
            }
        } catch (Throwable e) {
            // Errors are caught as well, since a step that does not end blocks its build.
            context.onFailure(StepFailure.presentable(e));
        }
    }

    /** Returns the result of a step that could not check anything. */
    static Map<String, Object> unchecked() {
        return new LinkedHashMap<>(Map.of("unchecked", true));
    }

    private void show(StepDiagnosis.Found found) {
        try {
            found.show(context.get(Run.class), order, owner);
        } catch (IOException e) {
            log.println(Messages.Diagnose_notOnPage(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the failure of the step, with one sentence. */
    static AbortException failure(StepDiagnosis.Found found) {
        String phase = found.diagnosis().phase();
        boolean ended = found.diagnosis().isFailed();
        String cause = ended ? found.cause() : found.permanentCause();
        String workflow =
                found.diagnosis().namespace() + "/" + found.diagnosis().workflow();
        return new AbortException((ended ? Messages.Workflow_ended(workflow, phase) : Messages.Workflow_stuck(workflow))
                + (cause.isEmpty() ? "" : ": " + cause));
    }
}
