package io.jenkins.plugins.argopreflight.step;

import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** A step with a body that cleans up after the body, and then ends with the body's result. */
public abstract class BlockExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;

    /**
     * The result of the body. The field is not stored, since the result can be of any type. After a restart during the
     * clean-up the step returns null.
     */
    private transient volatile @Nullable Object bodyResult;

    private volatile @Nullable Throwable bodyFailure;

    protected BlockExecution(StepContext context) {
        super(context);
    }

    /** Begins the clean-up after the end of the body. The clean-up calls {@link #endAsBody} at its end. */
    protected abstract void bodyEnded();

    /** Returns the callback for the invoker of the body. */
    protected final BodyExecutionCallback bodyCallback() {
        return new BodyEnd();
    }

    /** Returns the failure of the body; null if it succeeded. */
    protected final @Nullable Throwable bodyFailure() {
        return bodyFailure;
    }

    /** Ends the step with the result or failure of the body. */
    protected final void endAsBody() {
        if (bodyFailure != null) {
            getContext().onFailure(bodyFailure);
        } else {
            succeed(bodyResult);
        }
    }

    private final class BodyEnd extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, @Nullable Object result) {
            bodyResult = result;
            bodyEnded();
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            bodyFailure = failure;
            bodyEnded();
        }
    }
}
