package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.step.BlockExecution;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.secret.SecretWork.Done;
import java.io.IOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * One run of one of the two steps. Without a body it writes and ends; with one it takes away at the body's end
 * what it wrote, whatever the body came to. After a restart it begins its task again, which writes nothing twice.
 */
final class RegistrySecretExecution extends BlockExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(RegistrySecretExecution.class.getName());

    /** What it is at. */
    private enum Phase {
        APPLY,
        BODY,
        UNDO
    }

    private final SecretRequest request;
    private final String block = UUID.randomUUID().toString();
    private volatile Phase phase = Phase.APPLY;
    /** Only in builds that an earlier version began. */
    private volatile @Nullable SecretUndo undo;

    RegistrySecretExecution(SecretRequest request, StepContext context) {
        super(context);
        this.request = request;
    }

    @Override
    public void onResume() {
        switch (phase) {
            case APPLY -> run(this::applyAgain);
            case BODY -> run(this::holdAgain);
            case UNDO -> run(this::undoAgain);
        }
    }

    private void applyAgain() throws Exception {
        holdAgain();
        begin();
    }

    private void undoAgain() throws Exception {
        holdAgain();
        takeAway();
    }

    /** A version that stored no holds can have begun this block. */
    private void holdAgain() throws Exception {
        if (undo != null) {
            work().resume(undo);
        }
    }

    private SecretWork work() throws IOException, InterruptedException {
        return new SecretWork(request, getContext(), block);
    }

    @Override
    protected void begin() throws Exception {
        SecretWork work = work();
        Done done = apply(work);
        work.keep(done);
        // What comes now is short, and must be carried out also when the build is aborted.
        Thread.interrupted();
        if (done.isUnchecked()) {
            work.markUnstable();
        }
        if (!getContext().hasBody()) {
            if (done.isFailed()) {
                throw new AbortException(done.failure());
            }
            succeed(done.result());
            return;
        }
        if (done.isFailed() || isStopped()) {
            undo(work, isStopped() ? SecretWork.SHORT : Timeouts.DEFAULT);
            throw new AbortException(done.failure());
        }
        phase = Phase.BODY;
        getContext().saveState();
        getContext().newBodyInvoker().withCallback(bodyCallback()).start();
    }

    /** What the block holds is undone also when it cannot be completed. */
    private Done apply(SecretWork work) throws IOException, InterruptedException {
        try {
            return work.apply();
        } catch (IOException | InterruptedException e) {
            Thread.interrupted();
            if (work.isHeld()) {
                undo(work, SecretWork.SHORT);
            }
            throw e;
        }
    }

    private void undo(SecretWork work, Timeouts timeouts) throws IOException, InterruptedException {
        try {
            work.undo(timeouts);
            work.keepEnd(Messages.RegistrySecret_removed());
        } catch (IOException e) {
            work.keepEnd(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    protected void givenUp() {
        try {
            BlockHolds.get().endLater(block);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Secret " + request.name + " can still be in its cluster");
        }
    }

    private void takeAway() throws Exception {
        try {
            undo(work(), Timeouts.DEFAULT);
        } catch (IOException | InterruptedException e) {
            Throwable failure = bodyFailure();
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
            work().say(String.valueOf(e.getMessage()));
        }
        endAsBody();
    }

    /** Takes the Secret away before the step ends as its body did. */
    @Override
    protected void bodyEnded() {
        phase = Phase.UNDO;
        run(this::takeAway);
    }
}
