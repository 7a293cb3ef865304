package io.jenkins.plugins.argopreflight.step.diagnose;

import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.step.BackgroundExecution;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.BuildSecrets;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepFailure;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * An execution of {@code argoDiagnose}. It changes nothing in the cluster, so after a restart of Jenkins it begins
 * again.
 */
final class DiagnoseExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;

    private final DiagnoseOrder order;
    private final long begun = Clock.systemUTC().instant().getEpochSecond();
    /** The id of this execution, with which its entries on the build's pages are found. */
    private final String owner = UUID.randomUUID().toString();

    private transient volatile @Nullable DiagnosedWait wait;

    DiagnoseExecution(DiagnoseOrder order, StepContext context) {
        super(context);
        this.order = order;
    }

    /** Returns a short time, since there is nothing to clean up. */
    @Override
    protected int graceSeconds() {
        return 2;
    }

    @Override
    protected void describe(StepFailure failure) {
        if (order.description) {
            BuildDescription.addFailure(getContext(), owner, DiagnoseStep.FUNCTION, failure);
        }
    }

    @Override
    protected void begin() throws Exception {
        order.check();
        // The step only reads, so it can use every cluster.
        ClusterConnector connector = new ClusterConnector(order.cluster, ClusterUse.READ_OR_UNDO, getContext());
        StepDiagnosis diagnosis =
                new StepDiagnosis(connector, getContext().get(Run.class), BuildSecrets.of(getContext()));
        Optional<WorkflowState> running = order.waitMinutes == 0
                ? Optional.empty()
                : diagnosis.unfinished(order.namespace, order.workflow, order.labels);
        if (running.isPresent()) {
            follow(
                    connector,
                    running.get().namespace(),
                    running.get().name(),
                    running.get().uid());
            return;
        }
        StepDiagnosis.Found found = diagnose(diagnosis);
        if (isStopped()) {
            throw new InterruptedException();
        }
        if (found == null) {
            return;
        }
        Diagnosis shown = found.diagnosis();
        if (order.waitMinutes > 0 && !shown.isEnded() && !shown.uid().isEmpty()) {
            follow(connector, shown.namespace(), shown.workflow(), shown.uid());
            return;
        }
        StepLog.of(getContext()).print(found.lines());
        found.show(getContext().get(Run.class), order, owner);
        if (order.waitMinutes > 0 && shown.isFailed()) {
            throw DiagnosedWait.failure(found);
        }
        succeed(found.data());
    }

    private void follow(ClusterConnector connector, String namespace, String name, String uid)
            throws IOException, InterruptedException {
        if (isStopped()) {
            throw new InterruptedException();
        }
        RunRecord record = new RunRecord();
        record.namespace = namespace;
        record.name = name;
        record.uid = uid;
        DiagnosedWait waiting = new DiagnosedWait(order, owner, record, connector, getContext());
        waiting.begin(Instant.ofEpochSecond(begun).plusSeconds(60L * order.waitMinutes));
        wait = waiting;
        if (isStopped()) {
            waiting.stop(new InterruptedException());
        }
    }

    /**
     * Returns the diagnosis. With {@code waitMinutes: 0} an error does not fail the build: this method then ends the
     * step with the result {@code unchecked: true}, and returns null.
     */
    private StepDiagnosis.@Nullable Found diagnose(StepDiagnosis diagnosis) throws IOException, InterruptedException {
        try {
            return diagnosis.find(
                    order.namespace, order.workflow, order.labels, order.logSource(), SharedReads.separateRun());
        } catch (IOException e) {
            if (order.waitMinutes > 0) {
                throw e;
            }
            StepLog.of(getContext()).println(Messages.Diagnose_unchecked(String.valueOf(e.getMessage())));
            succeed(DiagnosedWait.unchecked());
            return null;
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        DiagnosedWait waiting = wait;
        if (waiting == null) {
            super.stop(cause);
        } else {
            waiting.stop(cause);
        }
    }
}
