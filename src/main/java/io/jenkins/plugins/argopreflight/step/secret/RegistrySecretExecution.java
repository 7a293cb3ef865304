package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.step.BlockExecution;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.secret.SecretWork.WriteResult;
import java.io.IOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * An execution of {@code argoRegistrySecret} or {@code withArgoRegistrySecret}. The former writes a Secret and ends;
 * the latter undoes its changes after the body, whatever the body's result is. After a restart it begins its current
 * task again, which writes nothing twice.
 */
final class RegistrySecretExecution extends BlockExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(RegistrySecretExecution.class.getName());

    /** The current phase of the step. */
    private enum Phase {
        APPLY,
        BODY,
        UNDO
    }

    private final SecretRequest request;
    private final String block = UUID.randomUUID().toString();
    private volatile Phase phase = Phase.APPLY;
    /** The changes of the block; set only in builds that an earlier version began. */
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
        undoAfterBody();
    }

    /** Takes the holds of a block that a version without holds began. */
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
        WriteResult writeResult = apply(work);
        work.record(writeResult);
        // The next actions are short, and must run even if the build is aborted.
        Thread.interrupted();
        if (writeResult.isUnchecked()) {
            work.markUnstable();
        }
        if (!getContext().hasBody()) {
            if (writeResult.isFailed()) {
                throw new AbortException(writeResult.failure());
            }
            succeed(writeResult.result());
            return;
        }
        if (writeResult.isFailed() || isStopped()) {
            undo(work, isStopped() ? SecretWork.SHORT : Timeouts.DEFAULT);
            throw new AbortException(writeResult.failure());
        }
        phase = Phase.BODY;
        getContext().saveState();
        getContext().newBodyInvoker().withCallback(bodyCallback()).start();
    }

    /** Writes the Secret. If the block fails or is interrupted, its changes are undone. */
    private WriteResult apply(SecretWork work) throws IOException, InterruptedException {
        try {
            return work.apply();
        } catch (IOException | InterruptedException e) {
            Thread.interrupted();
            if (work.hasHolds()) {
                undo(work, SecretWork.SHORT);
            }
            throw e;
        }
    }

    private void undo(SecretWork work, Timeouts timeouts) throws IOException, InterruptedException {
        try {
            work.undo(timeouts);
            work.recordEnd(Messages.RegistrySecret_removed());
        } catch (IOException e) {
            work.recordEnd(String.valueOf(e.getMessage()));
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

    private void undoAfterBody() throws Exception {
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

    /** Undoes the changes before the step ends with the body's result. */
    @Override
    protected void bodyEnded() {
        phase = Phase.UNDO;
        run(this::undoAfterBody);
    }
}
