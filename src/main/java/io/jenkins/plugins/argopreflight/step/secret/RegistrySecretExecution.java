package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.step.BackgroundExecution;
import io.jenkins.plugins.argopreflight.step.secret.SecretWork.Done;
import java.io.IOException;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * One run of one of the two steps. Without a body it writes and ends; with one it takes away at the body's end
 * what it wrote, whatever the body came to. After a restart it begins its errand again, which writes nothing twice.
 */
final class RegistrySecretExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;

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
        Done done = work.apply();
        // What comes now is short, and must be carried out also when the build is aborted.
        Thread.interrupted();
        if (!getContext().hasBody()) {
            if (done.isFailed()) {
                throw failure();
            }
            succeed(done.result());
            return;
        }
        undo = SecretUndo.of(done.report());
        hold();
        if (done.isFailed() || isStopped()) {
            work.undo(undo, block, isStopped() ? SecretWork.SHORT : Timeouts.DEFAULT);
            throw failure();
        }
        phase = Phase.BODY;
        getContext().saveState();
        getContext().newBodyInvoker().withCallback(new BodyEnd()).start();
    }

    private AbortException failure() {
        return new AbortException("Secret " + request.name + " is not everywhere as asked: see the lines above");
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
            new SecretWork(request, getContext()).undo(undo, block, Timeouts.DEFAULT);
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
