package io.jenkins.plugins.argopreflight.step;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.config.ServerUrl;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.credentials.CredentialForms;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of the parameters of {@link ClusterStep}. */
public abstract class ClusterStepDescriptor extends StepDescriptor implements CustomDescribableModel {

    /**
     * Returns a sentence about the arguments that a call lacks; empty for a call that can run.
     *
     * @param arguments the arguments that differ from their defaults, and those of the constructor
     */
    protected Optional<String> missing(Map<String, ?> arguments) {
        return Optional.empty();
    }

    /** Shows the required arguments in the Snippet Generator instead of a call that would fail. */
    @Override
    public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable call) {
        missing(call.getArguments()).ifPresent(sentence -> {
            throw new UnsupportedOperationException(sentence);
        });
        return call;
    }

    /** Returns whether an argument is present and not blank. */
    protected static boolean has(Map<String, ?> arguments, String name) {
        Object value = arguments.get(name);
        return value != null && !value.toString().isBlank();
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, EnvVars.class);
    }

    /** Returns a list as the lines of a text area. */
    public String lines(Collection<String> list) {
        return Lines.toText(list);
    }

    @POST
    public ListBoxModel doFillClusterItems(@AncestorInPath Item item, @QueryParameter String cluster) {
        ListBoxModel choices = new ListBoxModel();
        choices.add(unnamedCluster(), "");
        if (mayConfigure(item)) {
            JobSettings.of(item).clusters().forEach((name, each) -> {
                if (item == null || item instanceof ItemGroup || each.isFor(item)) {
                    choices.add(name);
                }
            });
        }
        String current = Util.fixNull(cluster);
        if (choices.stream().noneMatch(choice -> choice.value.equals(current))) {
            choices.add(current);
        }
        return choices;
    }

    /** Returns a text for the form about the cluster that a step without the parameter uses. */
    protected String unnamedCluster() {
        return Messages.Cluster_precedence();
    }

    @POST
    public FormValidation doCheckServerUrl(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean skipTlsVerify) {
        if (!mayConfigure(item)) {
            return FormValidation.ok();
        }
        return isOnlyConfiguredClusters() && !Util.fixNull(value).isBlank()
                ? notConfigured()
                : ServerUrl.check(value, skipTlsVerify);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String credentialsId) {
        return CredentialForms.fill(
                item, credentialsId, URIRequirementBuilder.fromUri(serverUrl).build(), ClusterCredentials.matcher());
    }

    @POST
    public FormValidation doCheckCredentialsId(
            @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String value) {
        return CredentialForms.check(
                item,
                Util.fixNull(value),
                URIRequirementBuilder.fromUri(serverUrl).build(),
                ClusterCredentials.matcher());
    }

    @POST
    public ListBoxModel doFillKubeconfigCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String kubeconfigCredentialsId) {
        return CredentialForms.fill(item, kubeconfigCredentialsId, List.of(), files());
    }

    @POST
    public FormValidation doCheckKubeconfigCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
        String id = Util.fixNull(value);
        return isOnlyConfiguredClusters() && mayConfigure(item) && !id.isEmpty()
                ? notConfigured()
                : CredentialForms.check(item, id, List.of(), files());
    }

    /** Returns whether the form accepts only configured clusters. */
    public boolean isOnlyConfiguredClusters() {
        return JobSettings.ofJenkins().isOnlyConfiguredClusters();
    }

    private static FormValidation notConfigured() {
        return FormValidation.error(Messages.Cluster_onlyConfigured());
    }

    private static CredentialsMatcher files() {
        return CredentialsMatchers.instanceOf(FileCredentials.class);
    }

    /** Returns whether the user is allowed to see the configured clusters. */
    protected static boolean mayConfigure(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.CONFIGURE) || item.hasPermission(Item.EXTENDED_READ);
    }
}
