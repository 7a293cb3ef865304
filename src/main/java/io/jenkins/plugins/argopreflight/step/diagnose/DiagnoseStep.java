package io.jenkins.plugins.argopreflight.step.diagnose;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.argopreflight.step.ClusterStep;
import io.jenkins.plugins.argopreflight.step.ClusterStepDescriptor;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code argoDiagnose}: finds the cause why a workflow failed or does not continue. */
public class DiagnoseStep extends ClusterStep {

    /** The name of the step in a Jenkinsfile. */
    public static final String FUNCTION = "argoDiagnose";

    private String workflow = "";
    private String labels = "";
    private String namespace = "";
    private int waitMinutes;
    private boolean endEarly = true;
    private boolean logs;
    private boolean description;

    @DataBoundConstructor
    public DiagnoseStep() {
        // The step needs either workflow or labels, which is checked when it runs.
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new DiagnoseExecution(new DiagnoseOrder(this, clusterChoice(context)), context);
    }

    public String getWorkflow() {
        return workflow;
    }

    @DataBoundSetter
    public void setWorkflow(String workflow) {
        this.workflow = Util.fixNull(workflow).trim();
    }

    public String getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(String labels) {
        this.labels = Util.fixNull(labels).trim();
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
    }

    public int getWaitMinutes() {
        return waitMinutes;
    }

    @DataBoundSetter
    public void setWaitMinutes(int waitMinutes) {
        this.waitMinutes = waitMinutes;
    }

    public boolean isEndEarly() {
        return endEarly;
    }

    @DataBoundSetter
    public void setEndEarly(boolean endEarly) {
        this.endEarly = endEarly;
    }

    public boolean isLogs() {
        return logs;
    }

    @DataBoundSetter
    public void setLogs(boolean logs) {
        this.logs = logs;
    }

    public boolean isDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(boolean description) {
        this.description = description;
    }

    @Extension
    public static class DescriptorImpl extends ClusterStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.DiagnoseStep_displayName();
        }

        @Override
        protected Optional<String> missing(Map<String, ?> arguments) {
            return has(arguments, "workflow") != has(arguments, "labels")
                    ? Optional.empty()
                    : Optional.of(Messages.Diagnose_one());
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            Set<Class<?>> all = new LinkedHashSet<>(super.getRequiredContext());
            all.add(FlowNode.class);
            return all;
        }
    }
}
