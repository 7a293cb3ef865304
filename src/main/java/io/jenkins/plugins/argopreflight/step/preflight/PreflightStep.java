package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.step.CheckedStep;
import io.jenkins.plugins.argopreflight.step.CheckedStepDescriptor;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code argoPreflight}: checks workflows before they are submitted, and publishes the report on the build's
 * page.
 */
public class PreflightStep extends CheckedStep {

    /** The name of the step in a Jenkinsfile. */
    public static final String FUNCTION = "argoPreflight";

    private String workflows = "";
    private String manifests = "";
    private List<String> objects = new ArrayList<>();
    private boolean newOnly;
    private String referenceJob = "";
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
        // All parameters have defaults. At run time, the step reports an error if none of workflows, manifests and
        // objects is set.
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new PreflightExecution(new PreflightConfig(this, clusterChoice(context)), context);
    }

    public String getWorkflows() {
        return workflows;
    }

    @DataBoundSetter
    public void setWorkflows(String workflows) {
        this.workflows = Util.fixNull(workflows).trim();
    }

    public String getManifests() {
        return manifests;
    }

    @DataBoundSetter
    public void setManifests(String manifests) {
        this.manifests = Util.fixNull(manifests);
    }

    public List<String> getObjects() {
        return objects;
    }

    @DataBoundSetter
    public void setObjects(List<String> objects) {
        this.objects = Lines.clean(objects);
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
    public static class DescriptorImpl extends CheckedStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.PreflightStep_displayName();
        }

        @Override
        protected Optional<String> missing(Map<String, ?> arguments) {
            return has(arguments, "workflows") || has(arguments, "manifests") || has(arguments, "objects")
                    ? Optional.empty()
                    : Optional.of(Messages.Preflight_nothing());
        }

        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, ParameterValidation.ID, value);
        }

        @POST
        public FormValidation doCheckArgoVersion(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, ParameterValidation.ARGO_VERSION, value);
        }

        @POST
        public FormValidation doCheckKubernetesVersion(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, ParameterValidation.KUBERNETES_VERSION, value);
        }

        @POST
        public FormValidation doCheckPodSecurity(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, ParameterValidation.POD_SECURITY, value);
        }

        private static FormValidation check(Item item, ParameterValidation rule, String value) {
            return !mayConfigure(item) || rule.isValid(Util.fixNull(value).trim())
                    ? FormValidation.ok()
                    : FormValidation.error(rule.description());
        }
    }
}
