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
 * Ends a step with the outcome that is stored of it. Pipeline stores the end some time later; a controller that is killed in
 * between resumes the step, which then ends the same way, and submits nothing.
 */
final class StepEnding {

    private StepEnding() {}

    /** A step that was resumed after its end. */
    static void again(StoredRun stored, StepContext context) throws IOException, InterruptedException {
        of(Objects.requireNonNull(stored.outcome), AbortReason.of(stored), context, StepLog.of(context));
    }

    /** @param failure with which the step fails; null when the outcome says all */
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
