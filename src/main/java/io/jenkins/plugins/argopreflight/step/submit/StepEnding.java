package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.UnstableBuild;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * The end of a step with its stored outcome. Pipeline stores the end some time later. If the controller is killed in
 * between, the step is resumed, ends again with the same outcome, and submits nothing.
 */
final class StepEnding {

    private StepEnding() {}

    /** Ends a step that was resumed after its end. */
    static void again(StoredRun stored, StepContext context) throws IOException, InterruptedException {
        of(Objects.requireNonNull(stored.outcome), AbortReason.of(stored), context, StepLog.of(context));
    }

    /**
     * Ends a step.
     *
     * @param failure the failure of the step; null if the outcome determines the end
     */
    static void of(StoredRun.Outcome outcome, @Nullable Throwable failure, StepContext context, PrintStream log)
            throws IOException, InterruptedException {
        if (failure != null) {
            context.onFailure(failure);
        } else if (outcome.result == null) {
            context.onFailure(new AbortException(outcome.failure));
        } else {
            if (!outcome.unstable.isEmpty()) {
                UnstableBuild.mark(context, log, outcome.unstable);
            }
            context.onSuccess(outcome.result);
        }
    }
}
