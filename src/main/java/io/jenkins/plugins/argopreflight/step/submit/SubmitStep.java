package io.jenkins.plugins.argopreflight.step.submit;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.step.CheckedStep;
import io.jenkins.plugins.argopreflight.step.CheckedStepDescriptor;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code argoSubmit}: checks a workflow, submits it once, and follows it to its end without occupying an
 * executor.
 */
public class SubmitStep extends CheckedStep {

    /** The name of the step in a Jenkinsfile. */
    public static final String FUNCTION = "argoSubmit";

    private final SubmitOrder order = new SubmitOrder();
    private String archiveOutputs = "";

    @DataBoundConstructor
    public SubmitStep() {
        // The step needs one of file, manifest and from, which is checked when it runs.
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new SubmitExecution(order(clusterChoice(context)), context);
    }

    /** Returns the parameters of an execution, with the cluster and those that every step has that checks workflows. */
    SubmitOrder order(ClusterChoice choice) {
        order.cluster = choice;
        order.parameters = new ArrayList<>(getParameters());
        order.parameterFile = getParameterFile();
        order.namespace = getNamespace();
        order.failOn = getFailOn();
        order.unstableOn = getUnstableOn();
        order.ignore = new ArrayList<>(getIgnore());
        order.description = isDescription();
        return order;
    }

    public String getFile() {
        return order.file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        order.file = Util.fixNull(file).trim();
    }

    public String getManifest() {
        return order.manifest();
    }

    @DataBoundSetter
    public void setManifest(String manifest) {
        order.manifest = Util.fixNull(manifest);
    }

    public String getFrom() {
        return order.from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        order.from = Util.fixNull(from).trim();
    }

    public List<String> getLabels() {
        return order.labels;
    }

    @DataBoundSetter
    public void setLabels(List<String> labels) {
        order.labels = new ArrayList<>(Lines.clean(labels));
    }

    public boolean isPreflight() {
        return order.preflight;
    }

    @DataBoundSetter
    public void setPreflight(boolean preflight) {
        order.preflight = preflight;
    }

    public boolean isWait() {
        return order.wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        order.wait = wait;
    }

    public boolean isLogs() {
        return order.logs;
    }

    @DataBoundSetter
    public void setLogs(boolean logs) {
        order.logs = logs;
    }

    public boolean isExecutorLogs() {
        return order.executorLogs;
    }

    @DataBoundSetter
    public void setExecutorLogs(boolean executorLogs) {
        order.executorLogs = executorLogs;
    }

    public int getTimeoutMinutes() {
        return order.timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        order.timeoutMinutes = timeoutMinutes;
    }

    public String getOnAbort() {
        return order.onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        order.onAbort = Util.fixNull(onAbort).trim();
    }

    public List<String> getUnstablePhases() {
        return order.unstablePhases;
    }

    @DataBoundSetter
    public void setUnstablePhases(List<String> unstablePhases) {
        order.unstablePhases = new ArrayList<>(Lines.clean(unstablePhases));
    }

    /** Returns the names of output artifacts, or {@code NODE/NAME}, separated by commas. */
    public String getArchiveOutputs() {
        return archiveOutputs;
    }

    @DataBoundSetter
    public void setArchiveOutputs(String archiveOutputs) {
        this.archiveOutputs = Util.fixNull(archiveOutputs).trim();
        order.archiveOutputs = new ArrayList<>(Lines.clean(List.of(this.archiveOutputs)));
    }

    @Extension
    public static class DescriptorImpl extends CheckedStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.SubmitStep_displayName();
        }

        @Override
        protected Optional<String> missing(Map<String, ?> arguments) {
            return Stream.of("file", "manifest", "from")
                                    .filter(each -> has(arguments, each))
                                    .count()
                            == 1
                    ? Optional.empty()
                    : Optional.of(Messages.Submit_one());
        }

        @POST
        public ListBoxModel doFillOnAbortItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (mayConfigure(item)) {
                for (OnAbort each : OnAbort.values()) {
                    choices.add(each.word());
                }
            }
            return choices;
        }
    }
}
