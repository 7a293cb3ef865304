package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
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

    /** Returns the one who stops a workflow, as the subject of a sentence. */
    static String by(StoredRun stored) {
        return stored.record.stoppedBy.isEmpty() ? Messages.AbortReason_build(stored.build) : stored.record.stoppedBy;
    }

    /** Returns the build that stops a workflow, and why, as the subject of a sentence. */
    static String by(StoredRun stored, Throwable cause) {
        String why = cause instanceof FlowInterruptedException interruption
                ? interruption.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .collect(Collectors.joining(", "))
                : cause instanceof AbortException ? String.valueOf(cause.getMessage()) : "";
        return why.isEmpty()
                ? Messages.AbortReason_build(stored.build)
                : Messages.AbortReason_buildBecause(stored.build, Visible.sentence(why));
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
