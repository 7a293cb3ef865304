package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.engine.sync.plan.ObjectName;
import io.jenkins.plugins.argopreflight.step.ClusterStep;
import io.jenkins.plugins.argopreflight.step.ClusterStepDescriptor;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A step that writes registry credentials of Jenkins as a Secret, adds it to ServiceAccounts and verifies pulls with
 * it: its parameters.
 */
public abstract class SecretStep extends ClusterStep {

    private final String name;
    private List<RegistryLogin> registries = new ArrayList<>();
    private String namespace = "";
    private List<String> namespaces = new ArrayList<>();
    private String namespaceSelector = "";
    private List<String> serviceAccounts = new ArrayList<>();
    private List<String> verifyImages = new ArrayList<>();
    private boolean dryRun;
    private boolean adopt;
    private boolean recreate;
    private boolean prune;
    private boolean createServiceAccounts;

    SecretStep(String name) {
        this.name = Util.fixNull(name).trim();
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new RegistrySecretExecution(new SecretRequest(this, clusterChoice(context)), context);
    }

    public String getName() {
        return name;
    }

    public List<RegistryLogin> getRegistries() {
        return registries;
    }

    @DataBoundSetter
    public void setRegistries(List<RegistryLogin> registries) {
        this.registries = new ArrayList<>(Util.fixNull(registries));
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
    }

    public List<String> getNamespaces() {
        return namespaces;
    }

    @DataBoundSetter
    public void setNamespaces(List<String> namespaces) {
        this.namespaces = Lines.clean(namespaces);
    }

    public String getNamespaceSelector() {
        return namespaceSelector;
    }

    @DataBoundSetter
    public void setNamespaceSelector(String namespaceSelector) {
        this.namespaceSelector = Util.fixNull(namespaceSelector).trim();
    }

    public List<String> getServiceAccounts() {
        return serviceAccounts;
    }

    @DataBoundSetter
    public void setServiceAccounts(List<String> serviceAccounts) {
        this.serviceAccounts = Lines.clean(serviceAccounts);
    }

    public List<String> getVerifyImages() {
        return verifyImages;
    }

    @DataBoundSetter
    public void setVerifyImages(List<String> verifyImages) {
        this.verifyImages = Lines.clean(verifyImages);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isAdopt() {
        return adopt;
    }

    @DataBoundSetter
    public void setAdopt(boolean adopt) {
        this.adopt = adopt;
    }

    public boolean isRecreate() {
        return recreate;
    }

    @DataBoundSetter
    public void setRecreate(boolean recreate) {
        this.recreate = recreate;
    }

    public boolean isPrune() {
        return prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    public boolean isCreateServiceAccounts() {
        return createServiceAccounts;
    }

    @DataBoundSetter
    public void setCreateServiceAccounts(boolean createServiceAccounts) {
        this.createServiceAccounts = createServiceAccounts;
    }

    /** The form of these parameters. */
    abstract static class SecretStepDescriptor extends ClusterStepDescriptor {

        @Override
        protected Optional<String> missing(Map<String, ?> arguments) {
            if (!has(arguments, "name")) {
                return Optional.of(Messages.RegistrySecret_noName());
            }
            boolean complete = arguments.get("registries") instanceof List<?> registries
                    && !registries.isEmpty()
                    && registries.stream()
                            .allMatch(each -> each instanceof UninstantiatedDescribable registry
                                    && has(registry.getArguments(), "url")
                                    && has(registry.getArguments(), "credentialsId"));
            return complete ? Optional.empty() : Optional.of(Messages.RegistrySecret_noRegistries());
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) && !Util.fixNull(value).isBlank()
                    ? ObjectName.problem("Secret", Util.fixNull(value).trim())
                            .map(FormValidation::error)
                            .orElseGet(FormValidation::ok)
                    : FormValidation.ok();
        }
    }
}
