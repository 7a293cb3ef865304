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
 * A step whose work runs outside the thread of the Pipeline. If the build is aborted, the work is interrupted and has a
 * few seconds to clean up.
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

    /** A task that ends the step or begins its body. */
    @FunctionalInterface
    protected interface Work {
        /**
         * Runs the task.
         *
         * @throws Exception the failure of the step. If the step was stopped, the cause of the stop takes precedence
         */
        void run() throws Exception;
    }

    /**
     * Begins the work of the step. After a restart of Jenkins it begins again, unless {@link #onResume} is overridden.
     */
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
                // Errors are caught as well, since a step that does not end blocks its build and its executor.
                StepFailure failure = StepFailure.of(e);
                if (stopped == null) {
                    describe(failure);
                }
                fail(failure.throwable());
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

    /** Adds a failure to the description of the build, if the step has a parameter for this. */
    protected void describe(StepFailure failure) {
        // Most steps describe nothing.
    }

    /** Ends the step successfully, or with the cause of the stop if it was stopped. */
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

    /** Returns the time for the work to clean up after a stop, in seconds. */
    protected int graceSeconds() {
        return GRACE_SECONDS;
    }

    protected final boolean isStopped() {
        return stopped != null;
    }

    /** Returns the cause of the stop; null if the step was not stopped. */
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
        // The work cleans up and then ends the step with this cause.
        running.cancel(true);
        Timer.get().schedule(() -> giveUp(cause), graceSeconds(), TimeUnit.SECONDS);
    }

    /** Reacts to the end of the step before the end of its work. */
    protected void givenUp() {
        // The default does nothing.
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
