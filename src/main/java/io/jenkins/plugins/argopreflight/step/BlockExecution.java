package io.jenkins.plugins.argopreflight.step;

import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** A step with a body, after which it cleans up, and then ends as the body did. */
public abstract class BlockExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;

    /** Not stored: it can be of any type. After a restart during the clean-up the step returns null. */
    private transient volatile @Nullable Object bodyResult;

    private volatile @Nullable Throwable bodyFailure;

    protected BlockExecution(StepContext context) {
        super(context);
    }

    /** The body has ended: begins the work that cleans up, which calls {@link #endAsBody} at its end. */
    protected abstract void bodyEnded();

    /** For the invoker of the body. */
    protected final BodyExecutionCallback bodyCallback() {
        return new BodyEnd();
    }

    /** Why the body failed; null when it did not. */
    protected final @Nullable Throwable bodyFailure() {
        return bodyFailure;
    }

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
