package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.sync.SyncIntent;
import io.jenkins.plugins.argopreflight.step.BackgroundExecution;
import io.jenkins.plugins.argopreflight.step.secret.SecretWork.Done;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * One run of one of the two steps. Without a body it writes and ends; with one it takes away at the body's end
 * what it wrote, whatever the body came to. After a restart it begins its errand again, which writes nothing twice.
 */
final class RegistrySecretExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(RegistrySecretExecution.class.getName());
    private static final int SECONDS_TO_SAVE = 10;

    /** What it is at. */
    private enum Phase {
        APPLY,
        BODY,
        UNDO
    }

    private final SecretRequest request;
    private final String block = UUID.randomUUID().toString();
    private volatile Phase phase = Phase.APPLY;
    private volatile SecretUndo undo;
    private volatile Object bodyResult;
    private volatile Throwable bodyFailure;

    RegistrySecretExecution(SecretRequest request, StepContext context) {
        super(context);
        this.request = request;
    }

    @Override
    public boolean start() {
        run(this::apply);
        return false;
    }

    @Override
    public void onResume() {
        if (phase == Phase.BODY) {
            hold();
        } else if (phase == Phase.APPLY) {
            run(this::apply);
        } else {
            hold();
            run(this::takeAway);
        }
    }

    private void apply() throws Exception {
        SecretWork work = new SecretWork(request, getContext());
        Optional<SecretUndo> interrupted = Optional.ofNullable(undo);
        Collection<SyncIntent> announced = new ArrayList<>();
        Done done = apply(work, announced, interrupted);
        work.keep(done, block);
        // What comes now is short, and must be carried out also when the build is aborted.
        Thread.interrupted();
        if (!getContext().hasBody()) {
            if (done.isFailed()) {
                throw failure();
            }
            succeed(done.result());
            return;
        }
        undo = SecretUndo.of(done.report(), announced, interrupted);
        hold();
        if (done.isFailed() || isStopped()) {
            undo(work, isStopped() ? SecretWork.SHORT : Timeouts.DEFAULT);
            throw failure();
        }
        phase = Phase.BODY;
        getContext().saveState();
        getContext().newBodyInvoker().withCallback(new BodyEnd()).start();
    }

    /** What a restart interrupted is taken away also when it cannot be completed. */
    private Done apply(SecretWork work, Collection<SyncIntent> announced, Optional<SecretUndo> interrupted)
            throws IOException, InterruptedException {
        try {
            return work.apply((server, intent) -> {
                if (getContext().hasBody()) {
                    note(server, intent, announced);
                }
            });
        } catch (IOException | InterruptedException e) {
            if (interrupted.isPresent()) {
                hold();
                undo(work, SecretWork.SHORT);
            }
            throw e;
        }
    }

    /** Keeps what is about to be written where a restart does not lose it. */
    private void note(String server, SyncIntent intent, Collection<SyncIntent> announced) {
        synchronized (announced) {
            announced.add(intent);
            undo = (undo == null ? new SecretUndo(server) : undo).plus(intent);
        }
        try {
            getContext().saveState().get(SECONDS_TO_SAVE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ClusterException.Kind.INTERRUPTED, "interrupted before anything was written", e);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "a restart of Jenkins now would leave Secret " + request.name + " behind", e);
        }
    }

    private AbortException failure() {
        return new AbortException("Secret " + request.name + " is not everywhere as asked: see the lines above");
    }

    private void undo(SecretWork work, Timeouts timeouts) throws IOException, InterruptedException {
        try {
            work.undo(undo, block, timeouts);
            work.keepEnd(block, "Taken away at the end of the block, but for what was there before it.");
        } catch (IOException e) {
            work.keepEnd(block, Redacted.text(undo.server, e.getMessage()));
            throw e;
        }
    }

    private void hold() {
        for (String namespace : undo.touched()) {
            SecretHolds.get()
                    .hold(
                            undo.server,
                            namespace,
                            request.name,
                            block,
                            undo.created().contains(namespace));
        }
    }

    private void takeAway() throws Exception {
        try {
            undo(new SecretWork(request, getContext()), Timeouts.DEFAULT);
        } catch (IOException | InterruptedException e) {
            if (bodyFailure == null) {
                throw e;
            }
            bodyFailure.addSuppressed(e);
            new SecretWork(request, getContext()).say(e.getMessage());
        }
        if (bodyFailure != null) {
            getContext().onFailure(bodyFailure);
        } else {
            succeed(bodyResult);
        }
    }

    /** Takes the Secret away before the step ends as its body did. */
    private final class BodyEnd extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            bodyResult = result;
            phase = Phase.UNDO;
            run(RegistrySecretExecution.this::takeAway);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            bodyFailure = failure;
            phase = Phase.UNDO;
            run(RegistrySecretExecution.this::takeAway);
        }
    }
}
