package io.jenkins.plugins.argopreflight.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.credentials.CredentialForms;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import java.util.Collection;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a cluster: its choices, validations and connection test. */
public abstract class ClusterForm extends Descriptor<ClusterConfiguration> {

    /** Returns a list as the lines of a form's text area. */
    public String lines(Collection<String> list) {
        return Lines.toText(list);
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
    public ListBoxModel doFillArgoServerCredentialsIdItems(
            @AncestorInPath Item item,
            @QueryParameter String argoServer,
            @QueryParameter String argoServerCredentialsId) {
        return CredentialForms.fill(
                item,
                argoServerCredentialsId,
                URIRequirementBuilder.fromUri(argoServer).build(),
                ClusterCredentials.matcherOfArgoServer());
    }

    @POST
    public FormValidation doCheckArgoServerCredentialsId(
            @AncestorInPath Item item, @QueryParameter String argoServer, @QueryParameter String value) {
        return CredentialForms.check(
                item,
                Util.fixNull(value),
                URIRequirementBuilder.fromUri(argoServer).build(),
                ClusterCredentials.matcherOfArgoServer());
    }

    @POST
    public FormValidation doCheckArgoServer(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean argoServerSkipTlsVerify) {
        String url = Util.fixNull(value).trim();
        return !mayConfigure(item) || url.isEmpty()
                ? FormValidation.ok()
                : ArgoServerAddress.problem(url, argoServerSkipTlsVerify)
                        .map(problem -> FormValidation.error(Messages.ArgoServer_url(problem)))
                        .orElseGet(FormValidation::ok);
    }

    @POST
    public FormValidation doCheckArgoServerCaCertificate(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean argoServerSkipTlsVerify) {
        return mayConfigure(item) ? PemCertificates.check(value, argoServerSkipTlsVerify) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
        return mayConfigure(item) ? FormNames.checkNamespace(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckArgoNamespace(@AncestorInPath Item item, @QueryParameter String value) {
        return mayConfigure(item) ? FormNames.checkNamespace(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckServerUrl(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean skipTlsVerify) {
        return mayConfigure(item) ? ServerUrl.check(value, skipTlsVerify) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckAllowedHosts(@AncestorInPath Item item, @QueryParameter String value) {
        return mayConfigure(item) ? AddressSettings.check(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckNodeCredentials(@AncestorInPath Item item, @QueryParameter String value) {
        return mayConfigure(item) ? AddressSettings.checkImages(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckCaCertificate(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean skipTlsVerify) {
        return mayConfigure(item) ? PemCertificates.check(value, skipTlsVerify) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckTokenServiceAccount(@AncestorInPath Item item, @QueryParameter String value) {
        String account = Util.fixNull(value).trim();
        return !mayConfigure(item)
                        || account.isEmpty()
                        || TokenAccount.parse(account).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.Account_form());
    }

    @POST
    public FormValidation doCheckBlockServiceAccount(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String tokenServiceAccount) {
        if (!mayConfigure(item)) {
            return FormValidation.ok();
        }
        return BlockAccount.problem(
                        Util.fixNull(value).trim(),
                        Util.fixNull(tokenServiceAccount).trim())
                .map(FormValidation::error)
                .orElseGet(FormValidation::ok);
    }

    @POST
    public FormValidation doCheckAllowedNamespaces(@AncestorInPath Item item, @QueryParameter String value) {
        return mayConfigure(item) ? ClusterAccess.checkNamespaces(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckAllowedFolders(@AncestorInPath Item item, @QueryParameter String value) {
        return mayConfigure(item) ? ClusterAccess.checkFolders(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doTestConnection(
            @AncestorInPath Item item,
            @QueryParameter String name,
            @QueryParameter String serverUrl,
            @QueryParameter String caCertificate,
            @QueryParameter boolean skipTlsVerify,
            @QueryParameter String credentialsId,
            @QueryParameter String tokenServiceAccount,
            @QueryParameter String blockServiceAccount,
            @QueryParameter String context,
            @QueryParameter String namespace,
            @QueryParameter String argoNamespace,
            @QueryParameter String argoServer,
            @QueryParameter String argoServerCaCertificate,
            @QueryParameter boolean argoServerSkipTlsVerify,
            @QueryParameter String argoServerCredentialsId,
            @QueryParameter boolean jenkinsProxy,
            @QueryParameter boolean allowWrites) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
            item.checkPermission(CredentialsProvider.USE_ITEM);
        }
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl(serverUrl);
        cluster.setCaCertificate(caCertificate);
        cluster.setSkipTlsVerify(skipTlsVerify);
        cluster.setCredentialsId(credentialsId);
        cluster.setTokenServiceAccount(tokenServiceAccount);
        cluster.setBlockServiceAccount(blockServiceAccount);
        cluster.setContext(context);
        cluster.setNamespace(namespace);
        cluster.setArgoNamespace(argoNamespace);
        cluster.setAllowWrites(allowWrites);
        cluster.setArgoServer(argoServer);
        cluster.setArgoServerCaCertificate(argoServerCaCertificate);
        cluster.setArgoServerSkipTlsVerify(argoServerSkipTlsVerify);
        cluster.setArgoServerCredentialsId(argoServerCredentialsId);
        cluster.setJenkinsProxy(jenkinsProxy);
        return ConnectionTest.of(cluster, item);
    }

    private static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
