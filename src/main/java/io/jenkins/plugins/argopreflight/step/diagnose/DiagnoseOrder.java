package io.jenkins.plugins.argopreflight.step.diagnose;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepUsageException;
import java.io.Serializable;

/** The parameters of a step {@code argoDiagnose}. */
final class DiagnoseOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String workflow;
    final String labels;
    final String namespace;
    final int waitMinutes;
    final boolean endEarly;
    final boolean description;
    private final boolean logs;

    DiagnoseOrder(DiagnoseStep step, ClusterChoice cluster) {
        this.cluster = cluster;
        workflow = step.getWorkflow();
        labels = step.getLabels();
        namespace = step.getNamespace();
        waitMinutes = step.getWaitMinutes();
        endEarly = step.isEndEarly();
        logs = step.isLogs();
        description = step.isDescription();
    }

    LogSource logSource() {
        String option = DiagnoseStep.FUNCTION + "(logs: true)";
        return logs ? LogSource.read(option) : LogSource.unread(option);
    }

    void check() throws AbortException {
        if (workflow.isEmpty() == labels.isEmpty()) {
            throw new StepUsageException(Messages.Diagnose_one());
        }
    }
}
