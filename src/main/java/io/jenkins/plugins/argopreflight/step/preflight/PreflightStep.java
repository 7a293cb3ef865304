package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.step.ClusterStep;
import io.jenkins.plugins.argopreflight.step.ClusterStepDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code argoPreflight}: judges workflows before they are submitted, and keeps the report on the build's page. */
public class PreflightStep extends ClusterStep {

    /** What a Jenkinsfile calls it. */
    public static final String FUNCTION = "argoPreflight";

    private String workflows = "";
    private List<String> objects = new ArrayList<>();
    private String namespace = "";
    private String failOn = "";
    private String unstableOn = "";
    private boolean newOnly;
    private String referenceJob = "";
    private List<IgnoredCheck> ignore = new ArrayList<>();
    private String id = "";
    private String name = "";
    private String argoNamespace = "";
    private String argoVersion = "";
    private String kubernetesVersion = "";
    private String podSecurity = "";
    private boolean noCluster;
    private boolean noRegistry;
    private boolean skipPublishingChecks;
    private boolean skipPublishingTests;

    @DataBoundConstructor
    public PreflightStep() {
        // Everything has a default; what shall be judged is checked when the step runs.
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PreflightExecution(new PreflightOrder(this), context);
    }

    public String getWorkflows() {
        return workflows;
    }

    @DataBoundSetter
    public void setWorkflows(String workflows) {
        this.workflows = Util.fixNull(workflows).trim();
    }

    public List<String> getObjects() {
        return objects;
    }

    @DataBoundSetter
    public void setObjects(List<String> objects) {
        this.objects = Lines.clean(objects);
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
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

    public boolean isNewOnly() {
        return newOnly;
    }

    @DataBoundSetter
    public void setNewOnly(boolean newOnly) {
        this.newOnly = newOnly;
    }

    public String getReferenceJob() {
        return referenceJob;
    }

    @DataBoundSetter
    public void setReferenceJob(String referenceJob) {
        this.referenceJob = Util.fixNull(referenceJob).trim();
    }

    public List<IgnoredCheck> getIgnore() {
        return ignore;
    }

    @DataBoundSetter
    public void setIgnore(List<IgnoredCheck> ignore) {
        this.ignore = new ArrayList<>(Util.fixNull(ignore));
    }

    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = Util.fixNull(id).trim();
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixNull(name).trim();
    }

    public String getArgoNamespace() {
        return argoNamespace;
    }

    @DataBoundSetter
    public void setArgoNamespace(String argoNamespace) {
        this.argoNamespace = Util.fixNull(argoNamespace).trim();
    }

    public String getArgoVersion() {
        return argoVersion;
    }

    @DataBoundSetter
    public void setArgoVersion(String argoVersion) {
        this.argoVersion = Util.fixNull(argoVersion).trim();
    }

    public String getKubernetesVersion() {
        return kubernetesVersion;
    }

    @DataBoundSetter
    public void setKubernetesVersion(String kubernetesVersion) {
        this.kubernetesVersion = Util.fixNull(kubernetesVersion).trim();
    }

    public String getPodSecurity() {
        return podSecurity;
    }

    @DataBoundSetter
    public void setPodSecurity(String podSecurity) {
        this.podSecurity = Util.fixNull(podSecurity).trim();
    }

    public boolean isNoCluster() {
        return noCluster;
    }

    @DataBoundSetter
    public void setNoCluster(boolean noCluster) {
        this.noCluster = noCluster;
    }

    public boolean isNoRegistry() {
        return noRegistry;
    }

    @DataBoundSetter
    public void setNoRegistry(boolean noRegistry) {
        this.noRegistry = noRegistry;
    }

    public boolean isSkipPublishingChecks() {
        return skipPublishingChecks;
    }

    @DataBoundSetter
    public void setSkipPublishingChecks(boolean skipPublishingChecks) {
        this.skipPublishingChecks = skipPublishingChecks;
    }

    public boolean isSkipPublishingTests() {
        return skipPublishingTests;
    }

    @DataBoundSetter
    public void setSkipPublishingTests(boolean skipPublishingTests) {
        this.skipPublishingTests = skipPublishingTests;
    }

    @Extension
    public static class DescriptorImpl extends ClusterStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Argo Preflight: judge workflows before they are submitted";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return GateWords.plus(super.getRequiredContext(), FlowNode.class);
        }

        @POST
        public ListBoxModel doFillFailOnItems(@AncestorInPath Item item) {
            return GateWords.choices(mayConfigure(item), "As the folder or Jenkins says");
        }

        @POST
        public ListBoxModel doFillUnstableOnItems(@AncestorInPath Item item) {
            return GateWords.choices(mayConfigure(item), "As the folder or Jenkins says");
        }

        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, WordRule.ID, value);
        }

        @POST
        public FormValidation doCheckArgoVersion(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, WordRule.ARGO_VERSION, value);
        }

        @POST
        public FormValidation doCheckKubernetesVersion(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, WordRule.KUBERNETES_VERSION, value);
        }

        @POST
        public FormValidation doCheckPodSecurity(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, WordRule.POD_SECURITY, value);
        }

        private static FormValidation check(Item item, WordRule rule, String value) {
            return !mayConfigure(item) || rule.isKept(Util.fixNull(value).trim())
                    ? FormValidation.ok()
                    : FormValidation.error(rule.words());
        }
    }
}
