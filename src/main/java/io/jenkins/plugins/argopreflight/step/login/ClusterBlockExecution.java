package io.jenkins.plugins.argopreflight.step.login;

import hudson.console.ConsoleLogFilter;
import io.jenkins.plugins.argopreflight.step.BlockExecution;
import io.jenkins.plugins.argopreflight.step.FollowedWorkflows;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.PipelineKubeconfig;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.SurroundingCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * An execution of {@code withArgoCluster}. The login that must be revoked is stored before it is created, so that it is
 * revoked even after a restart or a killed build.
 */
final class ClusterBlockExecution extends BlockExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ClusterBlockExecution.class.getName());
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

    /** The current phase of the step. */
    private enum Phase {
        OPEN,
        BODY,
        CLOSE
    }

    private final String cluster;
    private final String namespace;
    private final String block = UUID.randomUUID().toString();
    private volatile Phase phase = Phase.OPEN;
    private transient volatile @Nullable String renewalFailure;

    ClusterBlockExecution(String cluster, String namespace, StepContext context) {
        super(context);
        this.cluster = cluster;
        this.namespace = namespace;
    }

    @Override
    public void onResume() {
        switch (phase) {
            case OPEN -> run(this::begin);
            case BODY -> renewLater(Duration.ZERO);
            case CLOSE -> run(this::close);
        }
    }

    private LoginWork work() throws IOException, InterruptedException {
        return new LoginWork(cluster, namespace, block, getContext());
    }

    @Override
    protected void begin() throws Exception {
        LoginWork work = work();
        Duration lifetime;
        try {
            lifetime = work.open();
            if (isStopped()) {
                throw new InterruptedException();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            // The clean-up is short, and must run even if the build is aborted.
            Thread.interrupted();
            work.close();
            throw e;
        }
        phase = Phase.BODY;
        getContext().saveState();
        renewLater(lifetime.dividedBy(2));
        StepContext context = getContext();
        String kubeconfig = work.kubeconfig();
        context.newBodyInvoker()
                .withContext(EnvironmentExpander.merge(
                        context.get(EnvironmentExpander.class),
                        EnvironmentExpander.constant(Map.of(PipelineKubeconfig.VARIABLE, kubeconfig))))
                .withContext(new SurroundingCluster(work.cluster(), namespace, kubeconfig))
                .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), new TokenFilter()))
                .withCallback(bodyCallback())
                .start();
    }

    private void renewLater(Duration pause) {
        FollowedWorkflows.later(pause, this::renew);
    }

    /**
     * Renews the token. If the agent is offline or the cluster does not answer, it tries again until the block ends.
     */
    private void renew() {
        if (phase != Phase.BODY) {
            return;
        }
        try {
            renewLater(work().renew().dividedBy(2));
            renewalFailure = null;
        } catch (IOException | RuntimeException e) {
            failed(e);
            renewLater(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        LOGGER.log(Level.FINE, failure, () -> "the token of a block could not be renewed");
        if (!message.equals(renewalFailure)) {
            renewalFailure = message;
            try {
                StepLog.of(getContext()).println(Messages.ClusterBlock_notRenewed(message));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "no log", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void close() throws Exception {
        work().close();
        endAsBody();
    }

    @Override
    protected void bodyEnded() {
        phase = Phase.CLOSE;
        run(this::close);
    }
}
