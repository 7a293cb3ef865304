package io.jenkins.plugins.argopreflight.step;

import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Work beside the thread that runs the Pipeline. When the build is aborted it is interrupted, can clear up, and is given
 * a few seconds for that.
 */
public abstract class BackgroundExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BackgroundExecution.class.getName());
    private static final int GRACE_SECONDS = 15;

    private transient volatile @Nullable Future<?> task;
    private transient volatile @Nullable Throwable stopped;
    private transient volatile boolean givenUp;

    protected BackgroundExecution(StepContext context) {
        super(context);
    }

    /** Something that can end the step, or begin its body. */
    @FunctionalInterface
    protected interface Work {
        /** @throws Exception with which the step fails; what stopped it comes first */
        void run() throws Exception;
    }

    /** The step's work, which is done again after a restart where {@link #onResume} does nothing else. */
    protected abstract void begin() throws Exception;

    @Override
    public boolean start() {
        run(this::begin);
        return false;
    }

    @Override
    public void onResume() {
        run(this::begin);
    }

    protected final void run(Work work) {
        Authentication user = Jenkins.getAuthentication2();
        task = Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext as = ACL.as2(user)) {
                work.run();
            } catch (Throwable e) {
                // Also an Error: a step that does not end blocks its build and its executor.
                Throwable failure = StepFailure.presentable(e);
                if (stopped == null) {
                    describe(failure);
                }
                fail(failure);
            }
        });
    }

    private void fail(Throwable failure) {
        if (givenUp) {
            return;
        }
        Throwable cause = stopped;
        if (cause == null) {
            getContext().onFailure(failure);
        } else {
            cause.addSuppressed(failure);
            getContext().onFailure(cause);
        }
    }

    /** Adds a failure to the description of the build where the step asks for it. */
    protected void describe(Throwable failure) {
        // Nothing to do.
    }

    /** Ends the step in good order, unless it was stopped meanwhile. */
    protected final void succeed(@Nullable Object result) {
        if (givenUp) {
            return;
        }
        Throwable cause = stopped;
        if (cause == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(cause);
        }
    }

    /** How long the work can take to clear up once it was stopped. */
    protected int graceSeconds() {
        return GRACE_SECONDS;
    }

    protected final boolean isStopped() {
        return stopped != null;
    }

    /** The cause that stopped the step; null before that. */
    protected final @Nullable Throwable stopCause() {
        return stopped;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = cause;
        Future<?> running = task;
        if (running == null || running.isDone()) {
            super.stop(cause);
            return;
        }
        // The work clears up, and ends the step with this cause.
        running.cancel(true);
        Timer.get().schedule(() -> giveUp(cause), graceSeconds(), TimeUnit.SECONDS);
    }

    /** The step ends although its work goes on. */
    protected void givenUp() {
        // Nothing to do.
    }

    private void giveUp(Throwable cause) {
        givenUp = true;
        givenUp();
        try {
            super.stop(cause);
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "the step could not be ended", e);
        }
    }
}
