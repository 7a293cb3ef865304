package io.jenkins.plugins.argopreflight.step.submit;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.step.CheckedStep;
import io.jenkins.plugins.argopreflight.step.CheckedStepDescriptor;
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

    private String file = "";
    private String manifest = "";
    private String from = "";
    private List<String> labels = new ArrayList<>();
    private boolean preflight = true;
    private boolean wait = true;
    private boolean logs = true;
    private boolean executorLogs;
    private int timeoutMinutes;
    private String onAbort = OnAbort.STOP.word();
    private List<String> unstablePhases = new ArrayList<>();
    private String archiveOutputs = "";

    @DataBoundConstructor
    public SubmitStep() {
        // The step needs one of file, manifest and from, which is checked when it runs.
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new SubmitExecution(new SubmitOrder(this, clusterChoice(context)), context);
    }

    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixNull(file).trim();
    }

    public String getManifest() {
        return manifest;
    }

    @DataBoundSetter
    public void setManifest(String manifest) {
        this.manifest = Util.fixNull(manifest);
    }

    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixNull(from).trim();
    }

    public List<String> getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = Lines.clean(labels);
    }

    public boolean isPreflight() {
        return preflight;
    }

    @DataBoundSetter
    public void setPreflight(boolean preflight) {
        this.preflight = preflight;
    }

    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    public boolean isLogs() {
        return logs;
    }

    @DataBoundSetter
    public void setLogs(boolean logs) {
        this.logs = logs;
    }

    public boolean isExecutorLogs() {
        return executorLogs;
    }

    @DataBoundSetter
    public void setExecutorLogs(boolean executorLogs) {
        this.executorLogs = executorLogs;
    }

    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    public String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        this.onAbort = Util.fixNull(onAbort).trim();
    }

    public List<String> getUnstablePhases() {
        return unstablePhases;
    }

    @DataBoundSetter
    public void setUnstablePhases(List<String> unstablePhases) {
        this.unstablePhases = Lines.clean(unstablePhases);
    }

    /** Returns the names of output artifacts, or {@code NODE/NAME}, separated by commas. */
    public String getArchiveOutputs() {
        return archiveOutputs;
    }

    @DataBoundSetter
    public void setArchiveOutputs(String archiveOutputs) {
        this.archiveOutputs = Util.fixNull(archiveOutputs).trim();
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
