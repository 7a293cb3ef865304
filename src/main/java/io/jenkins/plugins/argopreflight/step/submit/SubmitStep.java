package io.jenkins.plugins.argopreflight.step.submit;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.step.ClusterStep;
import io.jenkins.plugins.argopreflight.step.ClusterStepDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code argoSubmit}: checks a workflow, submits it once, and follows it to its end without holding an executor. */
public class SubmitStep extends ClusterStep {

    /** What a Jenkinsfile calls it. */
    public static final String FUNCTION = "argoSubmit";

    private String file = "";
    private String from = "";
    private List<String> parameters = new ArrayList<>();
    private List<String> labels = new ArrayList<>();
    private String namespace = "";
    private boolean preflight = true;
    private boolean wait = true;
    private boolean logs = true;
    private int timeoutMinutes;
    private String onAbort = OnAbort.STOP.word();
    private List<String> unstablePhases = new ArrayList<>();
    private String failOn = "";
    private String unstableOn = "";
    private List<IgnoredCheck> ignore = new ArrayList<>();

    @DataBoundConstructor
    public SubmitStep() {
        // One of file and from is needed, which is checked when the step runs.
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SubmitExecution(new SubmitOrder(this), context);
    }

    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixNull(file).trim();
    }

    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixNull(from).trim();
    }

    public List<String> getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(List<String> parameters) {
        this.parameters = new ArrayList<>(Util.fixNull(parameters));
    }

    public List<String> getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = Lines.clean(labels);
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
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
        this.onAbort = OnAbort.of(Util.fixNull(onAbort).trim()).word();
    }

    public List<String> getUnstablePhases() {
        return unstablePhases;
    }

    @DataBoundSetter
    public void setUnstablePhases(List<String> unstablePhases) {
        this.unstablePhases = Lines.clean(unstablePhases);
    }

    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Gates.optionalNameOf("failOn", failOn);
    }

    public String getUnstableOn() {
        return unstableOn;
    }

    @DataBoundSetter
    public void setUnstableOn(String unstableOn) {
        this.unstableOn = Gates.optionalNameOf("unstableOn", unstableOn);
    }

    public List<IgnoredCheck> getIgnore() {
        return ignore;
    }

    @DataBoundSetter
    public void setIgnore(List<IgnoredCheck> ignore) {
        this.ignore = new ArrayList<>(Util.fixNull(ignore));
    }

    @Extension
    public static class DescriptorImpl extends ClusterStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Argo Preflight: submit a workflow and follow it to its end";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            Set<Class<?>> all = new LinkedHashSet<>(super.getRequiredContext());
            all.add(FlowNode.class);
            return all;
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

        @POST
        public ListBoxModel doFillFailOnItems(@AncestorInPath Item item) {
            return gates(item);
        }

        @POST
        public ListBoxModel doFillUnstableOnItems(@AncestorInPath Item item) {
            return gates(item);
        }

        private static ListBoxModel gates(Item item) {
            return mayConfigure(item) ? Gates.unstableChoices("As the folder or Jenkins sets it") : new ListBoxModel();
        }
    }
}
