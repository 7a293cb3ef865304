package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jspecify.annotations.Nullable;

/** The reason why a step was aborted, as a text that can be stored. */
final class AbortReason {

    /** The text for an interruption: the build was aborted, or a step around this one ended it. */
    private static final String INTERRUPTED = "interrupted";

    private AbortReason() {}

    static String toText(Throwable cause) {
        return cause instanceof AbortException ? String.valueOf(cause.getMessage()) : INTERRUPTED;
    }

    /** Returns the build or person that stops a workflow, as the subject of a sentence. */
    static String by(StoredRun stored) {
        return stored.record.stoppedBy.isEmpty() ? Messages.AbortReason_build(stored.build) : stored.record.stoppedBy;
    }

    /** Returns the build that stops a workflow, with the reason, as the subject of a sentence. */
    static String by(StoredRun stored, Throwable cause) {
        String reason = cause instanceof FlowInterruptedException interruption
                ? interruption.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .collect(Collectors.joining(", "))
                : cause instanceof AbortException ? String.valueOf(cause.getMessage()) : "";
        return reason.isEmpty()
                ? Messages.AbortReason_build(stored.build)
                : Messages.AbortReason_buildBecause(stored.build, Visible.sentence(reason));
    }

    /** Returns the failure with which the step ends; null if it was not aborted. */
    static @Nullable Throwable of(StoredRun stored) {
        if (stored.aborted.isEmpty()) {
            return null;
        }
        return stored.aborted.equals(INTERRUPTED)
                ? new FlowInterruptedException(Result.ABORTED, true)
                : new AbortException(stored.aborted);
    }
}
