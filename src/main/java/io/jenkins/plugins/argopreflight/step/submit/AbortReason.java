package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jspecify.annotations.Nullable;

/** Why a step was aborted, in the form in which it outlives a restart of the controller. */
final class AbortReason {

    /** In place of a sentence: the build was aborted, or a step around this one ended it. */
    private static final String INTERRUPTED = "interrupted";

    private AbortReason() {}

    static String toText(Throwable cause) {
        return cause instanceof AbortException ? String.valueOf(cause.getMessage()) : INTERRUPTED;
    }

    /** What the step ends with; null when it was not aborted. */
    static @Nullable Throwable of(StoredRun stored) {
        if (stored.aborted.isEmpty()) {
            return null;
        }
        return stored.aborted.equals(INTERRUPTED)
                ? new FlowInterruptedException(Result.ABORTED, true)
                : new AbortException(stored.aborted);
    }
}
