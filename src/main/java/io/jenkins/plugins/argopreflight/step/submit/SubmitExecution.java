package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.SubmittedResult;
import io.jenkins.plugins.argopreflight.step.BackgroundExecution;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * An execution of {@code argoSubmit}. Its state is stored before the workflow is created, so after a restart it
 * continues with the same workflow. While the workflow runs, no thread waits for it.
 */
final class SubmitExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;

    private final SubmitOrder order;
    private final String id = UUID.randomUUID().toString();
    /** True after a record of the run was stored. A step that is resumed without it submits no second workflow. */
    private boolean prepared;

    private transient volatile @Nullable FollowedRun followed;

    SubmitExecution(SubmitOrder order, StepContext context) {
        super(context);
        this.order = order;
    }

    @Override
    public void onResume() {
        run(this::goOn);
    }

    private SubmitWork work() throws IOException, InterruptedException {
        return new SubmitWork(order, id, getContext());
    }

    @Override
    protected void describe(StepFailure failure) {
        if (order.description) {
            BuildDescription.addFailure(getContext(), id, SubmitStep.FUNCTION, failure);
        }
    }

    @Override
    protected void begin() throws Exception {
        SubmitWork work = work();
        StoredRun stored = work.prepare();
        prepared = true;
        getContext().saveState();
        submit(work, stored);
    }

    /** Continues after a restart at the point that the stored record shows. */
    private void goOn() throws Exception {
        SubmitWork work = work();
        StoredRun stored = Runs.store().load(id).orElse(null);
        if (stored == null && prepared) {
            throw new AbortException(Messages.Submit_recordGone(Draft.ID + "=" + id));
        } else if (stored == null) {
            begin();
        } else if (stored.outcome != null) {
            StepEnding.again(stored, getContext());
        } else if (stored.draft != null) {
            submit(work, stored);
        } else {
            follow(work, stored);
        }
    }

    private void submit(SubmitWork work, StoredRun stored) throws Exception {
        ObjectNode made;
        try {
            made = work.submit(stored);
        } catch (IOException | InterruptedException | RuntimeException e) {
            leave(stored);
            throw e;
        }
        if (!order.wait) {
            Map<String, Object> result = SubmittedResult.of(made, work.page());
            result.keySet().retainAll(Set.of("name", "uid", "namespace", "url"));
            stored.outcome = StoredRun.Outcome.success(result);
            Runs.save(stored);
            succeed(result);
            return;
        }
        follow(work, stored);
    }

    private void follow(SubmitWork work, StoredRun stored) throws Exception {
        Throwable earlierStop = stopCause();
        if (earlierStop != null) {
            Thread.interrupted();
            stored.record.stoppedBy = AbortReason.by(stored, earlierStop);
            work.shutDown(stored);
            throw new InterruptedException();
        }
        FollowedRun run = new FollowedRun(order, stored, work.connector(), getContext());
        run.begin();
        followed = run;
        Throwable laterStop = stopCause();
        if (laterStop != null) {
            run.abort(laterStop);
        }
    }

    /**
     * Ends the following of a workflow and leaves the workflow to {@link EndedRuns}, since it is not known whether it
     * still runs.
     */
    static void leave(StoredRun stored) throws IOException {
        stored.ended = true;
        Runs.save(stored);
    }

    /** Stops the step. If the workflow is followed, it is ended first. */
    @Override
    public void stop(Throwable cause) throws Exception {
        FollowedRun run = followed;
        if (run == null) {
            super.stop(cause);
        } else {
            run.abort(cause);
        }
    }
}
