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

    private final PreflightConfig config = new PreflightConfig();

    @DataBoundConstructor
    public PreflightStep() {
        // All parameters have defaults. At run time, the step reports an error if none of workflows, manifests and
        // objects is set.
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new PreflightExecution(
                config.in(clusterChoice(context), getNamespace())
                        .withValues(getParameters(), getParameterFile())
                        .withGate(getFailOn(), getUnstableOn(), getIgnore())
                        .withReport(config.name, isDescription()),
                context);
    }

    public String getWorkflows() {
        return config.workflows;
    }

    @DataBoundSetter
    public void setWorkflows(String workflows) {
        config.workflows = Util.fixNull(workflows).trim();
    }

    public String getManifests() {
        return config.manifests();
    }

    @DataBoundSetter
    public void setManifests(String manifests) {
        config.manifests = Util.fixNull(manifests);
    }

    public List<String> getObjects() {
        return config.objects;
    }

    @DataBoundSetter
    public void setObjects(List<String> objects) {
        config.objects = new ArrayList<>(Lines.clean(objects));
    }

    public boolean isNewOnly() {
        return config.newOnly;
    }

    @DataBoundSetter
    public void setNewOnly(boolean newOnly) {
        config.newOnly = newOnly;
    }

    public String getReferenceJob() {
        return config.referenceJob;
    }

    @DataBoundSetter
    public void setReferenceJob(String referenceJob) {
        config.referenceJob = Util.fixNull(referenceJob).trim();
    }

    public String getId() {
        return config.id;
    }

    @DataBoundSetter
    public void setId(String id) {
        config.id = Util.fixNull(id).trim();
    }

    public String getName() {
        return config.name;
    }

    @DataBoundSetter
    public void setName(String name) {
        config.name = Util.fixNull(name).trim();
    }

    public String getArgoNamespace() {
        return config.argoNamespace;
    }

    @DataBoundSetter
    public void setArgoNamespace(String argoNamespace) {
        config.argoNamespace = Util.fixNull(argoNamespace).trim();
    }

    public String getArgoVersion() {
        return config.argoVersion;
    }

    @DataBoundSetter
    public void setArgoVersion(String argoVersion) {
        config.argoVersion = Util.fixNull(argoVersion).trim();
    }

    public String getKubernetesVersion() {
        return config.kubernetesVersion;
    }

    @DataBoundSetter
    public void setKubernetesVersion(String kubernetesVersion) {
        config.kubernetesVersion = Util.fixNull(kubernetesVersion).trim();
    }

    public String getPodSecurity() {
        return config.podSecurity;
    }

    @DataBoundSetter
    public void setPodSecurity(String podSecurity) {
        config.podSecurity = Util.fixNull(podSecurity).trim();
    }

    public boolean isNoCluster() {
        return config.noCluster;
    }

    @DataBoundSetter
    public void setNoCluster(boolean noCluster) {
        config.noCluster = noCluster;
    }

    public boolean isNoRegistry() {
        return config.noRegistry;
    }

    @DataBoundSetter
    public void setNoRegistry(boolean noRegistry) {
        config.noRegistry = noRegistry;
    }

    public boolean isSkipPublishingChecks() {
        return config.skipPublishingChecks;
    }

    @DataBoundSetter
    public void setSkipPublishingChecks(boolean skipPublishingChecks) {
        config.skipPublishingChecks = skipPublishingChecks;
    }

    public boolean isSkipPublishingTests() {
        return config.skipPublishingTests;
    }

    @DataBoundSetter
    public void setSkipPublishingTests(boolean skipPublishingTests) {
        config.skipPublishingTests = skipPublishingTests;
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
