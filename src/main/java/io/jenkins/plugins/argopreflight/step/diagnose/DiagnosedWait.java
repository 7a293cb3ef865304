package io.jenkins.plugins.argopreflight.step.diagnose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.SharedReads;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRunListener;
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
import java.util.Objects;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** A workflow that is followed until it has ended, its cause is permanent, or time is over. */
final class DiagnosedWait implements WorkflowRunListener {

    private final DiagnoseOrder order;
    private final String owner;
    private final RunRecord record = new RunRecord();
    private final ClusterConnector connector;
    private final StepContext context;
    private final StepLog log;
    private volatile StepDiagnosis.Found last;
    private volatile @Nullable StepCluster cluster;
    private @Nullable WorkflowRun run;
    private boolean over;

    DiagnosedWait(
            DiagnoseOrder order,
            String owner,
            StepDiagnosis.Found first,
            ClusterConnector connector,
            StepContext context)
            throws IOException, InterruptedException {
        this.order = order;
        this.owner = owner;
        this.last = first;
        this.connector = connector;
        this.context = context;
        this.log = StepLog.of(context);
        record.namespace = first.diagnosis().namespace();
        record.name = first.diagnosis().workflow();
        record.uid = first.diagnosis().uid();
    }

    /** Follows; returns at once. */
    synchronized void begin(Instant end) throws IOException, InterruptedException {
        try (StepCluster found = connector.connect(Timeouts.DEFAULT)) {
            cluster = found;
            run = WorkflowRun.follow(
                    () -> found.gateway().live().orElseThrow(), record, FollowedWorkflows.setting(false), this);
        }
        Duration left = Duration.between(Clock.systemUTC().instant(), end);
        FollowedWorkflows.later(left.isNegative() ? Duration.ZERO : left, this::timeOver, this::finish);
        if (order.endEarly && last.diagnosis().isPermanent()) {
            FollowedWorkflows.work(this::endEarly, this::finish);
        }
    }

    @Override
    public Optional<String> refusal() {
        return connector.refusal(cluster(), record.namespace);
    }

    @Override
    public void say(String line) {
        log.println(cluster().forLog(line));
    }

    @Override
    public void changed(ObjectNode workflow) {
        // Looked at when it is stuck, or has ended.
    }

    @Override
    public void stuck(ObjectNode workflow) {
        if (order.endEarly) {
            FollowedWorkflows.look(cluster().gateway().server(), this, this::lookEarly, this::finish);
        }
    }

    private void lookEarly(SharedReads.Run reads) {
        if (!isOver() && look(reads) && last.diagnosis().isPermanent()) {
            endEarly();
        }
    }

    @Override
    public void ended(End end) {
        FollowedWorkflows.work(() -> conclude(end), this::finish);
    }

    private void conclude(End end) {
        look(SharedReads.own());
        synchronized (this) {
            if (end.how() == How.LOST) {
                finish(new AbortException(cluster()
                        .forLog(Messages.Diagnose_lost(
                                record.workflow(),
                                end.failure().map(Throwable::getMessage).orElse("")))));
            } else if (end.how() != How.COMPLETED) {
                finish(new AbortException(Messages.Workflow_deleted(record.workflow())));
            } else if (last.diagnosis().isFailed()) {
                finish(failure(last));
            } else {
                finish(null);
            }
        }
    }

    /** Known since the beginning. */
    private StepCluster cluster() {
        return Objects.requireNonNull(cluster);
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized void endEarly() {
        finish(failure(last));
    }

    /** Looks again; whether that was possible. */
    private boolean look(SharedReads.Run reads) {
        try {
            StepDiagnosis.Found found = new StepDiagnosis(connector, context.get(Run.class), BuildSecrets.of(context))
                    .find(record.namespace, record.name, "", order.logs, reads);
            synchronized (this) {
                last = found;
            }
            return true;
        } catch (IOException e) {
            say(Messages.Diagnose_unchecked(String.valueOf(e.getMessage())));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void timeOver() {
        if (over) {
            return;
        }
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

    /** The end of the step: with a failure, or well when there is none. */
    private synchronized void finish(@Nullable Throwable failure) {
        if (over) {
            return;
        }
        over = true;
        try {
            Objects.requireNonNull(run).close();
            log.print(last.lines());
            show();
            if (failure == null) {
                context.onSuccess(last.data());
            } else {
                context.onFailure(StepFailure.presentable(failure));
            }
        } catch (Throwable e) {
            // Also an Error: a step that does not end blocks its build.
            context.onFailure(StepFailure.presentable(e));
        }
    }

    private void show() {
        try {
            last.show(context.get(Run.class), owner);
        } catch (IOException e) {
            log.println(Messages.Diagnose_notOnPage(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One sentence for the step that fails. */
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
