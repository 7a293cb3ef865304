package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.step.BackgroundExecution;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.StepFailure;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** An execution of {@code argoPreflight}. It only reads, so after a restart of Jenkins it begins again. */
final class PreflightExecution extends BackgroundExecution {

    private static final long serialVersionUID = 1L;

    private final PreflightConfig order;
    /** The id of this execution, with which its entries on the build's pages are found. */
    private final String owner = UUID.randomUUID().toString();

    PreflightExecution(PreflightConfig order, StepContext context) {
        super(context);
        this.order = order;
    }

    /** Returns a short time, since there is nothing to clean up. */
    @Override
    protected int graceSeconds() {
        return 2;
    }

    @Override
    protected void describe(StepFailure failure) {
        if (order.description) {
            BuildDescription.addFailure(getContext(), owner, PreflightStep.FUNCTION, failure);
        }
    }

    @Override
    protected void begin() throws Exception {
        ClusterConnector connector = new ClusterConnector(order.cluster, ClusterUse.JUDGE, getContext());
        PreflightRunner runner = new PreflightRunner(order, owner, getContext(), connector);
        order.check();
        PreflightRunner.Evaluation evaluation;
        try (Budget.Scope budget = Budget.open(connector.settings().limits())) {
            evaluation = runner.evaluate(cluster -> runner.documents());
        }
        if (isStopped()) {
            throw new InterruptedException();
        }
        succeed(runner.publish(evaluation));
    }
}
